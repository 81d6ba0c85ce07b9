namespace DbMove;

/// <summary>
/// Marks a column that the source alone has: one that the new schema leaves behind. It is read and written while the source has the
/// authority. The target never gets it, and nothing compares it.
/// </summary>
/// <remarks>
/// Where the target is read the member is null, so it must be nullable, and null means "not known here": an update and an upsert leave the stored value
/// as it is, a new row has the column's default. To clear one, give the original too (<c>UpdateFromAsync</c>), or write a statement of one's own. <b>Danger: once the target has the authority the
/// value is out of reach</b>: reads give null, writes ignore the member, rows that are made from then on have the column's default on the source,
/// and a row that is deleted takes its value with it. What the source held before stays there, and is back after a rollback. Take what is still needed
/// into a column of the target before the switch. Not in a key, and not with <see cref="UpdatedAtAttribute"/> or <see cref="TargetColumnAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SourceOnlyAttribute : Attribute;
