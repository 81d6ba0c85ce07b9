using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class MemberTypeAnalyzerTests() : RuleTests("DBM1003")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } public object? Tag { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public int?[] Numbers { get; set; } = []; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public DateTime[] Days { get; set; } = []; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public int[,] Grid { get; set; } = new int[1, 1]; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public Uri? Link { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public (int, int) Pair { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public List<string> Labels { get; } = []; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public nint Native { get; set; } }""",
        """public readonly record struct Point(int X, int Y); [Migratable] public partial class Order { public int Id { get; set; } public Point At { get; set; } }""",
        """public readonly record struct Maybe(int? Value); [Migratable] public partial class Order { public int Id { get; set; } public Maybe Count { get; set; } }""",
        """public readonly record struct Tagged(int Value) { public int Extra { get; init; } } [Migratable] public partial class Order { public int Id { get; set; } public Tagged Count { get; set; } }""",
        """public readonly struct Plain(int value) { public int Value { get; } = value; } [Migratable] public partial class Order { public int Id { get; set; } public Plain Count { get; set; } }""",
        """public readonly record struct Inner(int Value); public readonly record struct Outer(Inner Value); [Migratable] public partial class Order { public int Id { get; set; } public Outer Count { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [NotMapped] public object? Tag { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public DayOfWeek? Day { get; set; } public static object? Shared { get; set; } public object this[int index] => index; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } public Order? Parent { get; set; } public List<Order> Children { get; } = []; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [ForeignKey("Id")] public Uri? Link { get; set; } private object? Hidden { get; set; } }""",
    ];
}
