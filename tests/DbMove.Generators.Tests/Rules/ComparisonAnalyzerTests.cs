using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class ComparisonAnalyzerTests() : RuleTests("DBM1029")
{
    private const string Context =
        """
        [System.Text.Json.Serialization.JsonSerializable(typeof(Uri))]
        internal sealed class Context() : System.Text.Json.Serialization.JsonSerializerContext(null)
        {
            public static Context Default { get; } = new();
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    protected override IReadOnlyList<string> Wrong =>
    [
        Entity("[CompareTolerance(0.1)] public string? Text { get; set; }"),
        Entity("[CompareTolerance(1)] public DateTime At { get; set; }"),
        Entity("[CompareTolerance(1)] public DayOfWeek Day { get; set; }"),
        Entity("[CompareTolerance(1)] public bool Flag { get; set; }"),
        Entity("[CompareTolerance(-1)] public int Count { get; set; }"),
        Entity("[CompareTolerance(double.NaN)] public double Ratio { get; set; }"),
        Entity("[CompareTolerance(double.PositiveInfinity)] public double Ratio { get; set; }"),
        Entity("[CompareTolerance(1e29)] public decimal Total { get; set; }"),
        Entity("[ComparePrecision(TimePrecision.Seconds)] public int Count { get; set; }"),
        Entity("[ComparePrecision(TimePrecision.Seconds)] public DateOnly Day { get; set; }"),
        Entity("[ComparePrecision((TimePrecision)9)] public DateTime At { get; set; }"),
        Entity("[CompareText(TextComparison.Trimmed)] public int Count { get; set; }"),
        Entity("[CompareText(TextComparison.Trimmed), StoreAsText] public DayOfWeek Day { get; set; }"),
        Entity("[CompareText((TextComparison)8)] public string? Text { get; set; }"),
        Entity("[CompareJson] public byte[]? Json { get; set; }"),
        Entity("[CompareJson, NotCompared] public string? Json { get; set; }"),
        Context + Entity("[CompareText(TextComparison.Trimmed), Json<Context>] public Uri? Link { get; set; }"),
        Entity("[CompareTolerance(1)] public string Id { get; set; } = \"\";", key: ""),
    ];

    protected override IReadOnlyList<string> Right =>
    [
        Entity("[CompareTolerance(0.1)] public float? Share { get; set; } [CompareTolerance(1)] public ulong Count { get; set; } [CompareTolerance(1e300)] public double Ratio { get; set; }"),
        Entity("[ComparePrecision(TimePrecision.Minutes)] public TimeOnly? At { get; set; }"),
        Entity("[CompareText(TextComparison.Trimmed | TextComparison.IgnoreCase)] public string? Text { get; set; } [CompareJson] public string? Json { get; set; } [NotCompared] public byte[]? Bytes { get; set; }"),
        Entity("[NotMapped, CompareJson] public int Other { get; set; }"),
    ];

    private static string Entity(string member, string key = "public int Id { get; set; }") => $$"""[Migratable] public partial class Order { {{key}} {{member}} }""";
}
