using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class EntityBaseClassAnalyzerTests() : RuleTests("DBM1008")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """public class Base { public string? Note { get; set; } } [Migratable] public partial class Order : Base { public int Id { get; set; } }""",
        """public record Base; [Migratable] public partial record Order(int Id) : Base;""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order : IComparable { public int Id { get; set; } public int CompareTo(object? obj) => 0; }""",
        """[Migratable] public partial struct Order { public int Id { get; set; } }""",
    ];
}
