using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class EntityKindAnalyzerTests() : RuleTests("DBM1009")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public static partial class Order;""",
        """[Migratable] public abstract partial class Order { public int Id { get; set; } }""",
        """[Migratable] public ref partial struct Order { public int Id { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }""",
        """[Migratable] public readonly partial record struct Order(int Id);""",
    ];
}
