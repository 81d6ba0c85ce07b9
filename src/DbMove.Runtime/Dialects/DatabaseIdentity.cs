namespace DbMove.Dialects;

/// <summary>Which server and which database answered.</summary>
/// <param name="Server">Changes when another server took over (fail-over, restore): voids the last validation.</param>
/// <param name="Database">The same text through whatever connection string is the same database.</param>
/// <param name="MayHoldBothSides">Whether source and target may be tables of this one database (a single file cannot).</param>
public sealed record DatabaseIdentity(string Server, string Database, bool MayHoldBothSides);
