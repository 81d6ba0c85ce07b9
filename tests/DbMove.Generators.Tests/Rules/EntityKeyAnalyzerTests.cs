using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class EntityKeyAnalyzerTests() : RuleTests("DBM1002")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Number { get; set; } }""",
        """[Migratable] public partial class Order { public int Number { get; set; } [NotMapped] public int Id { get; set; } }""",
        """[Migratable] public partial class Order;""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { [Key] public int Number { get; set; } }""",
        """[Migratable] public partial class Order { public int OrderId { get; set; } }""",
        """[Migratable] public partial class Order { public int ID { get; set; } }""",
    ];
}
