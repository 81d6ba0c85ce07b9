using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class NestedEntityAnalyzerTests() : RuleTests("DBM1007")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """public partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } }""",
        """public static class Shop { [Migratable] private partial record Order(int Id); }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } public sealed class Draft { public int Id { get; set; } } }""",
    ];
}
