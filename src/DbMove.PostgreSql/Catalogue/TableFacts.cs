namespace DbMove.PostgreSql.Catalogue;

/// <summary>What a store needs of a table beyond what engines share.</summary>
/// <param name="ColumnsInCodePointOrder">Text columns whose own collation sorts by code points, so that their index serves key order.</param>
/// <param name="NullsNotDistinct">Unique indexes under which two nulls clash.</param>
internal sealed record TableFacts(IReadOnlySet<string> ColumnsInCodePointOrder, IReadOnlySet<string> NullsNotDistinct)
{
    public static TableFacts None { get; } = new(new HashSet<string>(), new HashSet<string>());
}
