using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class ComparedColumnAnalyzerTests() : AdviceTests("DBM1028", DiagnosticSeverity.Warning)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [NotCompared] public int Count { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [NotCompared] public int Count { get; set; } [NotCompared] public string? Text { get; set; } [SourceOnly] public string? Old { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [NotCompared] public int Count { get; set; } public string? Text { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [CompareTolerance(1)] public int Count { get; set; } }""",
    ];
}
