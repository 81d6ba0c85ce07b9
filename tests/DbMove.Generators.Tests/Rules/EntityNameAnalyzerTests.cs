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
        """namespace Shop { [Migratable(Name = "a")] public partial class Order { public int Id { get; set; } } } namespace @shop { [Migratable(Name = "b")] public partial class @order { public int Id { get; set; } } }""",
        """namespace Event { [Migratable(Name = "a")] public partial class Order { public int Id { get; set; } } } namespace @event { [Migratable(Name = "b")] public partial class Order { public int Id { get; set; } } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }[Migratable] public partial class Other { public int Id { get; set; } }""",
        """namespace A { [Migratable] public partial class Order { public int Id { get; set; }  } } namespace B { [Migratable(Name = "b")] public partial class Order { public int Id { get; set; } } }""",
    ];

    [Fact]
    public async Task A_keyword_is_a_name_as_any_other()
    {
        GeneratorRun run = GeneratorRun.Start(
            """
            [DbMove.Migratable(Name = "a")] public partial class Event { public int Id { get; set; } }
            [DbMove.Migratable(Name = "b")] public partial class @event { public int Id { get; set; } }
            """);

        Assert.Equal(["DBM1011", "DBM1011"], (await AnalyzerRun.DiagnoseAsync(run.Output)).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task A_wrong_entity_whose_name_differs_in_case_alone_leaves_the_right_one_be()
    {
        GeneratorRun run = GeneratorRun.Start(
            """
            [DbMove.Migratable] public partial class Order { public int Id { get; set; } }
            [DbMove.Migratable(Name = "b")] public class order { public int Id { get; set; } }
            """);

        Assert.Null(run.Result.Exception);
        Assert.Equal("DBM1001", Assert.Single(await AnalyzerRun.DiagnoseAsync(run.Output)).Id);
        Assert.Contains(run.Files, file => file.HintName == "Order.Map.g.cs");
    }

    [Fact]
    public async Task Repositories_with_methods_may_have_names_that_differ_in_case_alone()
    {
        GeneratorRun run = GeneratorRun.Start(
            """
            using System.Threading.Tasks;
            using DbMove;
            [Migratable] public partial class Order { public int Id { get; set; } public int Count { get; set; } }
            [Migratable] public partial class Line { public int Id { get; set; } public int Count { get; set; } }
            [Repository<Order>] public sealed partial class Rows { [Sql("UPDATE \"Order\" SET \"Count\" = 0")] public partial Task<int> ClearAsync(); }
            [Repository<Line>] public sealed partial class rows { [Sql("UPDATE \"Line\" SET \"Count\" = 0")] public partial Task<int> ClearAsync(); }
            """);

        Assert.Null(run.Result.Exception);
        Assert.Empty(await AnalyzerRun.DiagnoseAsync(run.Output));
        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
    }

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
