using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class EntityGenericityAnalyzerTests() : RuleTests("DBM1006")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order<T> { public int Id { get; set; } }""",
        """[Migratable] file partial class Order { public int Id { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }""",
    ];
}
