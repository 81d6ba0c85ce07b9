namespace DbMove;

/// <summary>
/// Marks the column that the application sets on every write. DbMove never sets it, neither on insert nor on update: it is
/// a cursor, and a column as any other.
/// </summary>
/// <remarks>
/// Set it yourself (<c>order with { UpdatedAt = time.GetUtcNow() }</c>), or let a default of the database do it for inserts; the follower is
/// given the value that the authority holds. A trigger that sets it is refused by the schema check.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UpdatedAtAttribute : Attribute;
