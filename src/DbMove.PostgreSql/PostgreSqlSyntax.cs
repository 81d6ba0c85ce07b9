using DbMove.Dialects;

namespace DbMove.PostgreSql;

internal sealed class PostgreSqlSyntax : SqlSyntax
{
    public static readonly PostgreSqlSyntax Instance = new();

    public override string Int64Type => "bigint";

    public override SqlLexicon Lexicon { get; } = new()
    {
        NestsComments = true, EndsCommentsAtReturn = true, HasDollarQuotes = true, HasEscapeStrings = true, FoldsNames = true, QualifiesReturning = true,
        HarmlessFunctions = FunctionNames.Harmless, ConnectionFunctions = FunctionNames.Connection,
    };

    public override string TextType => "text COLLATE \"C\"";

    // A sequence never gives a number twice, also after a rollback or TRUNCATE.
    public override string GrowingKeyDefinition => "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    // now() would stand still within a transaction.
    public override string NowMilliseconds => "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    public override string ForUpdateSkipLocked => " FOR UPDATE SKIP LOCKED";

    public override string ForUpdate => " FOR UPDATE";

    // One 64-bit number: another space than the two halves of the key locks.
    public override string ExcludeOthers(string parameter) => $"SELECT pg_advisory_xact_lock(hashtextextended({parameter}, 0))";

    public override string Int64sFromJson(string parameter) =>
        $"SELECT value::bigint FROM json_array_elements_text({parameter}::json)";

    public override string TextsFromJson(string parameter) =>
        $"SELECT value FROM json_array_elements_text({parameter}::json)";

    public override string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
