using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class NameTakenAnalyzerTests() : RuleTests("DBM1012")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }public class OrderMap;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public interface OrderComparer;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public enum OrderFixer;""",
        """[Migratable] public partial class Order { [Key] public int A { get; set; } [Key] public int B { get; set; } } public record OrderKey;""",
        """public static partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } public static int OrderMap => 1; }""",
        """[Migratable] public partial class Order { [Key] public int OrderKey { get; set; } [Key] public int Line { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public int Deconstruct { get; set; } [Key] public int Line { get; set; } }""",
        """public static partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } public static int OrderRepository => 1; }""",
        """public static partial class OrderRepository { [Migratable] public partial class Order { public int Id { get; set; } } }""",
        """public static partial class OrderMap { [Migratable] public partial class Order { public int Id { get; set; } } }""",
        """namespace Shop { [Migratable] public partial class Order { public int Id { get; set; } } } namespace Shop.OrderFixer { public class Other; }""",
        """namespace Shop { [Migratable] public partial class Order { public int Id { get; set; } } } namespace Shop.OrderRepository { public class Other; }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }public class OrderKey; public class OrderMap<T>; namespace Elsewhere { public class OrderMap; }""",
        """[Migratable] public partial class Order { [Key] public int OrderKey { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public int Id { get; set; } [Key] public int Line { get; set; } public int OrderKey { get; set; } }""",
        """public static partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } public static object OrderRepository => 1; [Repository<Order>] public partial class Orders; }""",
        """namespace Shop { [Migratable] public partial class Order { public int Id { get; set; } } } namespace Shop.OrderKey { public class OrderMap; }""",
    ];
}
