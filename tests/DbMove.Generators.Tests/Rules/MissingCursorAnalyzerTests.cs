using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class MissingCursorAnalyzerTests() : AdviceTests("DBM1016", DiagnosticSeverity.Info)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public DateTimeOffset UpdatedAt { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [UpdatedAt] public DateTimeOffset Changed { get; set; } }""",
        """public abstract class Base { [UpdatedAt] public long Version { get; set; } } [Migratable] public partial class Order : Base { public int Id { get; set; } }""",
    ];
}
