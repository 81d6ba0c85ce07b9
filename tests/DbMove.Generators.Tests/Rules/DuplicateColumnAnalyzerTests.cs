using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class DuplicateColumnAnalyzerTests() : RuleTests("DBM1004")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [Column("ID")] public int Number { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Column("a")] public int A { get; set; } [Column("a"), TargetColumn("b")] public int B { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public int A { get; set; } [TargetColumn("A")] public int B { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [Column("a"), TargetColumn("b")] public int A { get; set; } [Column("b"), TargetColumn("a")] public int B { get; set; } }""",
    ];
}
