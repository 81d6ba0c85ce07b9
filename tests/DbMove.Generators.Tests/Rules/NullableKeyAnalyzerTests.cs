using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class NullableKeyAnalyzerTests() : AdviceTests("DBM1019", DiagnosticSeverity.Info)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """
        #nullable disable
        [Migratable] public partial class Order { [Key] public string Code { get; init; } }
        """,
        """
        #nullable disable
        [Migratable] public partial class Order { [Key] public int A { get; init; } [Key] public string B { get; init; } }
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { [Key] public string Code { get; init; } = ""; }""",
        """
        #nullable disable
        [Migratable] public partial class Order { [Key, Required] public string Code { get; init; } }
        """,
        """
        #nullable disable
        [Migratable] public partial class Order { public int Id { get; init; } public string Code { get; init; } }
        """,
    ];
}
