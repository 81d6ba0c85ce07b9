namespace DbMove;

/// <summary>
/// Takes a column out of every comparison: a difference in it is none. Validation does not report it, shadow reads do not count it, and the row hash
/// leaves it out.
/// </summary>
/// <remarks>
/// The column is copied, written and repaired like any other. Danger: what others change in it on one side stays unseen, until something else
/// in the row is written. Not for a key.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotComparedAttribute : Attribute;
