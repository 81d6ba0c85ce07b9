namespace DbMove;

/// <summary>
/// Marks the column that the application sets on every write. DbMove uses it as a cursor only and never sets it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UpdatedAtAttribute : Attribute;
