namespace DbMove;

/// <summary>
/// Marks a column that the target alone has: one that the new schema adds. It is read and written once the target has the authority. Until then every
/// row of the target gets the column's default (or null) and keeps what others write there; dual writes, backfill and repair leave it alone.
/// </summary>
/// <remarks>
/// Where the source is read the member is null, so it must be nullable, and null means "not known here": once the target has the authority an update and an
/// upsert of null leave the stored value as it is, a new row has the column's default. To clear one, give the original too (<c>UpdateFromAsync</c>), or write a statement of one's own. Writes ignore the member while the source has the authority.
/// <b>Danger:</b> after a rollback to the source the column is out of reach again: rows that are made then have its default. Not in a key, and not with
/// <see cref="UpdatedAtAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TargetOnlyAttribute : Attribute;
