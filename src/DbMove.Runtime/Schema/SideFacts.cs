using DbMove.Dialects;

namespace DbMove.Schema;

/// <summary>What the schema check read from one side.</summary>
/// <param name="Database">The side.</param>
/// <param name="Identity">Which server and database answered.</param>
/// <param name="ServerFaults">What is wrong with the server itself.</param>
/// <param name="Tables">The entities' tables, in the order of the entities; null where there is none.</param>
internal sealed record SideFacts(
    SideDatabase Database, DatabaseIdentity Identity, IReadOnlyList<string> ServerFaults, IReadOnlyList<TableSchema?> Tables);
