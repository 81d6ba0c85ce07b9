using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class RepositoryAnalyzerTests() : RuleTests("DBM1014")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }public class OrderRepository;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public partial record OrderRepository;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public partial class OrderRepository(int count) { public int Count => count; }""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public partial class OrderRepository : Attribute;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }[Repository<Order>] public class Elsewhere;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public static partial class Outer { [Repository<Order>] public partial class Inner; }""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }[Repository<Order>] public partial class First; [Repository<Order>] public partial class Second;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }[Repository<Other>] public partial class OrderRepository; [Migratable] public partial class Other { public int Id { get; set; } }""",
        """[Migratable] internal partial class Order { public int Id { get; set; } } public partial class OrderRepository { public int Count => 1; }""",
        """[Migratable] public partial class Order { public int OrderId { get; set; } } [Migratable] public partial class OrderRepository { public int Id { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }public partial class OrderRepository { public int Count => 1; }""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }[Repository<Order>] partial class Elsewhere; public class OrderRepository;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public partial class OrderRepository { public OrderRepository(Migration migration) : base(migration) { } }""",
        """public static partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } private partial class OrderRepository { public int Count => 1; } }""",
    ];
}
