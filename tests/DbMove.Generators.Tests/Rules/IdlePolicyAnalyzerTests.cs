using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class IdlePolicyAnalyzerTests() : AdviceTests("DBM1027", DiagnosticSeverity.Warning)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { [NotCompared] public int Id { get; set; } public int Count { get; set; } }""",
        """[Migratable] public partial class Order { [CompareText(TextComparison.IgnoreCase)] public string Id { get; set; } = ""; public int Count { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [CompareTolerance(0)] public double Ratio { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [CompareText(TextComparison.Ordinal)] public string? Text { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [SourceOnly, CompareJson] public string? Text { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [CompareTolerance(0.1)] public double Ratio { get; set; } [NotCompared] public string? Text { get; set; } [TargetOnly] public string? Other { get; set; } }""",
    ];
}
