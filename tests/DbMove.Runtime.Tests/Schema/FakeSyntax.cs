using DbMove.Dialects;

namespace DbMove.Runtime.Tests.Schema;

internal sealed class FakeSyntax : SqlSyntax
{
    public override string Int64Type => "BIGINT";

    public override string TextType => "TEXT";

    public override string GrowingKeyDefinition => "BIGINT PRIMARY KEY";

    public override string NowMilliseconds => "0";

    public override string ForUpdateSkipLocked => string.Empty;

    public override string ForUpdate => string.Empty;

    public override string ExcludeOthers(string parameter) => string.Empty;

    public override string Int64sFromJson(string parameter) => parameter;

    public override string TextsFromJson(string parameter) => parameter;

    public override string Quote(string identifier) => '"' + identifier + '"';
}
