using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class EntityNameAnalyzerTests() : RuleTests("DBM1011")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }[Migratable, Table("order")] public partial class Other { public int Id { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }[Migratable(Name = "Order")] public partial class Other { public int Id { get; set; } }""",
        """namespace A { [Migratable] public partial class Order { public int Id { get; set; }  } } namespace B { [Migratable] public partial class Order { public int Id { get; set; }  } }""",
        """[Migratable(Name = "a")] public partial class Order { public int Id { get; set; } } [Migratable(Name = "b")] public partial class order { public int Id { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }[Migratable] public partial class Other { public int Id { get; set; } }""",
        """namespace A { [Migratable] public partial class Order { public int Id { get; set; }  } } namespace B { [Migratable(Name = "b")] public partial class Order { public int Id { get; set; } } }""",
    ];

    [Fact]
    public async Task An_entity_for_which_nothing_is_generated_takes_no_name()
    {
        GeneratorRun run = GeneratorRun.Start(
            """
            [DbMove.Migratable] public partial class Order { public int Id { get; set; } }
            [DbMove.Migratable(Name = "Order")] public class Other { public int Id { get; set; } }
            """);

        Assert.Equal("DBM1001", Assert.Single(await AnalyzerRun.DiagnoseAsync(run.Output)).Id);
        Assert.Contains(run.Files, file => file.HintName == "Order.Map.g.cs");
    }
}
