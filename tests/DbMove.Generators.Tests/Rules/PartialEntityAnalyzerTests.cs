using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class PartialEntityAnalyzerTests() : RuleTests("DBM1001")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public class Order { public int Id { get; set; } }""",
        """[Migratable] public sealed record Order(int Id);""",
        """[Migratable] public struct Order { public int Id { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }""",
        """public class Order2 { public int Id { get; set; } } [Migratable] public partial class Order { public int Id { get; set; }  }""",
    ];
}
