using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class EntityBaseClassAnalyzerTests() : RuleTests("DBM1008")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Base { public int Id { get; set; } } [Migratable] public partial class Order : Base;""",
        """[Migratable] public partial record Base(int Id); public record Middle(int Id) : Base(Id); [Migratable] public partial record Order(int Id) : Middle(Id);""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """public abstract class Base { public int Id { get; protected set; } } [Migratable] public partial class Order : Base;""",
        """public record Base(int Id); [Migratable] public partial record Order(int Id, string Name) : Base(Id);""",
        """[Migratable] public partial class Order : IComparable { public int Id { get; set; } public int CompareTo(object? obj) => 0; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } } public class Special : Order;""",
        """[Migratable] public partial struct Order { public int Id { get; set; } }""",
    ];
}
