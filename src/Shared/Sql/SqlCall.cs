namespace DbMove.Sql;

/// <summary>A function as a caller calls it.</summary>
/// <param name="Schema">The schema, or null.</param>
/// <param name="Name">The function.</param>
/// <param name="IsLocalSetting">Whether it is given a setting of the caller's own (<c>app.user</c>) until the end of the transaction.</param>
internal sealed record SqlCall(SqlName? Schema, SqlName Name, bool IsLocalSetting);
