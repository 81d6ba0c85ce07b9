using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class NestedEntityAnalyzerTests() : RuleTests("DBM1007")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """public class Shop { [Migratable] public partial class Order { public int Id { get; set; } } }""",
        """public static partial class Shop { [Migratable] private partial record Order(int Id); }""",
        """public partial class Shop { [Migratable] protected internal partial class Order { public int Id { get; set; } } }""",
        """public partial class Shop<T> { [Migratable] public partial class Order { public int Id { get; set; } } }""",
        """file partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } }""",
        """public partial class Shop { private partial struct Inner { [Migratable] public partial class Order { public int Id { get; set; } } } }""",
        """public class Shop { public partial struct Inner { [Migratable] public partial class Order { public int Id { get; set; } } } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """public static partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } }""",
        """internal partial record Shop(int Number) { internal partial interface IInner { [Migratable] public readonly partial record struct Order(int Id); } }""",
        """public static partial class Shop { [Migratable] internal partial record Order(int Id); public class OrderKey; internal partial class OrderRepository { public int Count => 1; } } public class OrderMap;""",
    ];
}
