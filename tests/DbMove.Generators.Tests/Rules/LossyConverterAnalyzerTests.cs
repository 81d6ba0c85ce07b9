using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class LossyConverterAnalyzerTests() : AdviceTests("DBM1022", DiagnosticSeverity.Warning)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        Order("decimal", "double", "(double)value", "(decimal)stored"),
        Order("double", "float", "(float)value", "stored"),
        Order("double", "decimal", "(decimal)value", "(double)stored"),
        Order("decimal", "long", "(long)value", "stored"),
        Order("long", "double", "value", "(long)stored"),
        Order("long", "int", "(int)value", "stored"),
        Order("ulong", "short", "(short)value", "(ulong)stored"),
        Order("int", "float", "value", "(int)stored"),
        Order("DateTime", "DateOnly", "DateOnly.FromDateTime(value)", "stored.ToDateTime(default)"),
        Order("TimeSpan", "TimeOnly", "TimeOnly.FromTimeSpan(value)", "stored.ToTimeSpan()"),
        Order("string", "string", "value.Trim()", "stored"),
        Order("string", "string", "value.ToUpperInvariant()", "stored"),
        Order("string", "string", "value.Substring(0, 5)", "stored"),
        Order("decimal", "string", "Math.Round(value, 2).ToString()", "decimal.Parse(stored)"),
        Order("DateTime", "DateTime", "value.Date", "stored"),
        Order("DateTimeOffset", "long", "value.ToUnixTimeSeconds()", "DateTimeOffset.FromUnixTimeSeconds(stored)"),
        """
        public class Own : IValueConverter<string, string> { static string IValueConverter<string, string>.ToStored(string value) => value.ToLower(); static string IValueConverter<string, string>.FromStored(string stored) => stored; }
        [Migratable] public partial class Order { public int Id { get; init; } [Convert<Own>] public string? Code { get; set; } }
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        Order("decimal", "long", "(long)Math.Round(value * 100)", "stored / 100m"),
        Order("decimal", "string", "value.ToString()", "decimal.Parse(stored)"),
        Order("int", "long", "value", "(int)stored"),
        Order("int", "double", "value", "(int)stored"),
        Order("float", "double", "value", "(float)stored"),
        Order("uint", "int", "unchecked((int)value)", "unchecked((uint)stored)"),
        Order("Uri", "string", "value.OriginalString", "new Uri(stored.Trim())"),
        Order("bool", "string", "value ? \"Y\" : \"N\"", "stored == \"Y\""),
        Order("DateTimeOffset", "DateTime", "value.UtcDateTime", "new DateTimeOffset(stored)"),
        Order("Guid", "byte[]", "value.ToByteArray()", "new Guid(stored)"),
        Order("byte[]", "string", "Convert.ToHexString(value).ToLowerInvariant()", "Convert.FromHexString(stored)"),
        Order("double", "long", "BitConverter.DoubleToInt64Bits(value)", "BitConverter.Int64BitsToDouble(stored)"),
        Order("DayOfWeek", "short", "(short)value", "(DayOfWeek)stored"),
        Order("Period", "DateOnly", "value.Date", "new Period(stored)") + "\npublic readonly record struct Period(DateOnly Date);",
    ];

    [Theory]
    [InlineData("", "loses that on both sides;")]
    [InlineData("(Side.Source)", "loses that on the source;")]
    [InlineData("(Side.Target)", "loses that on the target;")]
    public async Task The_message_says_which_side_loses(string side, string expected)
    {
        GeneratorRun run = GeneratorRun.Start(
            "using System; using DbMove;\n" + Order("string", "string", "value.Trim()", "stored").Replace("[Convert<Own>]", $"[Convert<Own>{side}]", StringComparison.Ordinal));

        Assert.Contains(expected, Assert.Single(await AnalyzerRun.DiagnoseAsync(run.Output)).GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_says_which_side_has_the_column()
    {
        GeneratorRun run = GeneratorRun.Start(
            """
            using DbMove;
            public sealed class Own : IValueConverter<string, string> { public static string ToStored(string value) => value.Trim(); public static string FromStored(string stored) => stored; }
            [Migratable] public partial class Order { public int Id { get; init; } [Convert<Own>, TargetOnly] public string? A { get; set; } [Convert<Own>, SourceOnly] public string? B { get; set; } }
            """);

        Assert.Equal(
            ["'Order.A' on the target", "'Order.B' on the source"],
            (await AnalyzerRun.DiagnoseAsync(run.Output)).Select(diagnostic => diagnostic.GetMessage(null)).Order(StringComparer.Ordinal)
                .Select(text => text[..9] + text[text.IndexOf(" on the", StringComparison.Ordinal)..text.IndexOf(';', StringComparison.Ordinal)]));
    }

    private static string Order(string model, string stored, string to, string from) =>
        $$"""
        public sealed class Own : IValueConverter<{{model}}, {{stored}}>
        {
            public static {{stored}} ToStored({{model}} value) => {{to}};
            public static {{model}} FromStored({{stored}} stored) => {{from}};
        }
        [Migratable] public partial class Order { public int Id { get; init; } [Convert<Own>] public required {{model}} Value { get; set; } }
        """;
}
