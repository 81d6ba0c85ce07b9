using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class EntityAccessAnalyzerTests() : RuleTests("DBM1005")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [Column("a")] internal int A { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Column("a")] public int A { private get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Column("a")] public int A => Id; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public int A { get; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [NotMapped] public required object Tag { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public required int Field; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public Order(object unrelated) => unrelated.ToString(); }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public string? Note { get; set; } public Order(string note) => Note = note; }""",
        """public abstract class Base { public int Total { get; private set; } } [Migratable] public partial class Order : Base { public int Id { get; set; } }""",
        """public abstract class Base { [NotMapped] public required object Tag { get; set; } } [Migratable] public partial class Order : Base { public int Id { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } private Order() { } public Order(object unrelated) => unrelated.ToString(); }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public int A { get; } private Order(int a) => A = a; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } internal int A { get; set; } public int B { private get; set; } public int C => Id; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public string? Note { get; } public Order(string? note) => Note = note; }""",
        """public abstract class Base { public int Total { get; private set; } protected Base(int total) => Total = total; } [Migratable] public partial class Order : Base { public int Id { get; set; } private Order(int total) : base(total) { } }""",
        """public abstract class Base { public abstract int Total { get; set; } [NotMapped] public virtual object? Tag { get; set; } } [Migratable] public partial class Order : Base { public int Id { get; set; } public override int Total { get; set; } public override object? Tag { get; set; } }""",
    ];
}
