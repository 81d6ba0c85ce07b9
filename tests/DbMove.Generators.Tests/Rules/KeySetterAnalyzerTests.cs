using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class KeySetterAnalyzerTests() : AdviceTests("DBM1015", DiagnosticSeverity.Info)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public int A { get; init; } [Key] public string B { get; set; } = ""; }""",
        """[Migratable] public partial record struct Order(int Id);""",
        """public interface IRow { int Id { get; } int Count { set; } } [Migratable] public partial class Order : IRow { public int Id { get; set; } public int Count { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; init; } public int Count { get; set; } }""",
        """[Migratable] public partial record Order(int Id);""",
        """[Migratable] public partial class Order { public int Id { get; private set; } }""",
        """public abstract class Base { public int Id { get; set; } } [Migratable] public partial class Order : Base;""",
        """public interface IRow { int Id { get; set; } } [Migratable] public partial class Order : IRow { public int Id { get; set; } }""",
        """public abstract class Base { public abstract int Id { get; set; } } [Migratable] public partial class Order : Base { public override int Id { get; set; } }""",
    ];
}
