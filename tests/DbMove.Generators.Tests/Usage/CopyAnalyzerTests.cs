using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class CopyAnalyzerTests() : UsageRuleTests("DBM2006")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        In("""using var import = npgsql.BeginBinaryImport("COPY orders (id, total) FROM STDIN (FORMAT BINARY)");"""),
        In("""await using var import = await npgsql.BeginBinaryImportAsync("COPY public.orders FROM STDIN (FORMAT BINARY)", token);"""),
        In("""await using var import = await npgsql.BeginTextImportAsync("copy \"orders\" from stdin", token);"""),
        In("""using var import = npgsql.BeginTextImport($"COPY {Table} FROM STDIN");""", """private const string Table = "finance.bill";"""),
        In("""await using var import = await npgsql.BeginRawBinaryCopyAsync("COPY orders FROM STDIN (FORMAT BINARY)", token);"""),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("""using var import = npgsql.BeginBinaryImport("COPY notes (id) FROM STDIN (FORMAT BINARY)");"""),
        In("""using var export = npgsql.BeginRawBinaryCopy("COPY orders TO STDOUT (FORMAT BINARY)");"""),
        In("""using var export = npgsql.BeginBinaryExport("COPY orders TO STDOUT (FORMAT BINARY)");"""),
        In("""using var import = npgsql.BeginTextImport("COPY orders_2024 FROM STDIN");"""),
        In("""using var import = npgsql.BeginTextImport("COPY staging.orders FROM STDIN");"""),
    ];
}
