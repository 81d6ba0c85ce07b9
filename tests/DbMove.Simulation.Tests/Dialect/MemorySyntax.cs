using DbMove.Dialects;

namespace DbMove.Simulation.Tests.Dialect;

/// <summary>The words that the simulated server knows.</summary>
internal sealed class MemorySyntax : SqlSyntax
{
    public static readonly MemorySyntax Instance = new();

    public override string Int64Type => "number";

    public override string TextType => "text";

    public override string GrowingKeyDefinition => "growing PRIMARY KEY";

    public override string NowMilliseconds => "NOW()";

    public override string ForUpdateSkipLocked => " FOR UPDATE SKIP LOCKED";

    public override string ForUpdate => " FOR UPDATE";

    public override string ExcludeOthers(string parameter) => string.Empty;

    public override string Int64sFromJson(string parameter) => $"SELECT value FROM ELEMENTS({parameter})";

    public override string TextsFromJson(string parameter) => $"SELECT value FROM ELEMENTS({parameter})";

    public override string Quote(string identifier) => "\"" + identifier + "\"";
}
