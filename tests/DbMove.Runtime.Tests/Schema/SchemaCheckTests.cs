using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Schema;

namespace DbMove.Runtime.Tests.Schema;

/// <summary>What the check does around its rules: reads both sides, gathers, refuses, orders, composes.</summary>
public sealed class SchemaCheckTests
{
    [Fact]
    public async Task All_findings_of_all_entities_come_at_once_and_nothing_is_composed()
    {
        EntityCase lines = new("lines");
        await using CheckRun run = new(new EntityCase { Source = null }, lines.Change(Side.Target, table => table with { Triggers = ["t"] }));
        run.Source.ServerFaults.Add("The server is a standby; connect to the primary.");

        IReadOnlyList<string> findings = await run.RefusalsAsync();

        Assert.Equal(3, findings.Count);
        Assert.Contains(findings, finding => finding == "The source (fake-source): The server is a standby; connect to the primary.");
        Assert.All(run.Context.Entities, binding => Assert.Empty(((DescribedBinding)binding).Definitions));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_servers_durability_is_demanded_as_the_options_say(bool required)
    {
        await using CheckRun run = new(new EntityCase());
        run.Context.Options.RequireDurableServers = required;

        await run.RunAsync();

        Assert.Equal((required, required), (run.Source.RequiredDurability, run.Target.RequiredDurability));
    }

    [Theory]
    [InlineData(Side.Source)]
    [InlineData(Side.Target)]
    public async Task A_dialects_reason_names_entity_and_side(Side side)
    {
        await using CheckRun run = new(new EntityCase());
        (side == Side.Source ? run.Source : run.Target).ColumnFaults["Total"] = "column 'total' rounds; declare it TEXT";

        string table = side == Side.Source ? "source table 'orders'" : "target table 'orders_new'";
        Assert.Equal([$"Entity 'orders': the {table}: column 'total' rounds; declare it TEXT."], await run.RefusalsAsync());
    }

    [Fact]
    public async Task A_computed_column_of_an_ordinary_member_is_refused_on_each_side()
    {
        await using CheckRun run = new(new EntityCase().Columns(2, column => column with { IsComputed = true }));

        IReadOnlyList<string> findings = await run.RefusalsAsync();

        Assert.Equal(2, findings.Count);
        Assert.All(findings, finding => Assert.Contains("DatabaseGeneratedOption.Computed", finding, StringComparison.Ordinal));
        Assert.Contains("member Total: column 'total' of the source table 'orders'", findings[0], StringComparison.Ordinal);
        Assert.Contains("member Total: column 'total' of the target table 'orders_new'", findings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders.note", true)]
    [InlineData("Orders.NOTE", true)]
    [InlineData("lines.note", false)]
    public async Task A_listed_source_column_stays_behind(string listed, bool isAccepted)
    {
        EntityCase entity = new();
        entity.AddColumn(Side.Source, RefusedSchemas.Text("note") with { IsNullable = true });
        await using CheckRun run = new(entity);
        run.Context.Options.UnmappedSourceColumns.Add(listed);

        Assert.Equal(isAccepted, (await run.RefusalsAsync()).Count == 0);
    }

    [Fact]
    public async Task A_listed_source_column_that_inserts_cannot_fill_is_refused_all_the_same()
    {
        EntityCase entity = new();
        await using CheckRun run = new(entity.AddColumn(Side.Source, RefusedSchemas.Text("note")));
        run.Context.Options.UnmappedSourceColumns.Add("orders.note");

        Assert.Contains("NOT NULL without a default", Assert.Single(await run.RefusalsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_of_the_list_that_names_nothing_is_a_warning()
    {
        await using CheckRun run = new(new EntityCase());
        run.Context.Options.UnmappedSourceColumns.Add("orders.total");

        Assert.Empty(await run.RefusalsAsync());
        Assert.Contains("\"orders.total\"", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    public async Task One_database_holds_both_sides_only_where_the_engine_can(bool isSame, bool mayHoldBoth, bool isAccepted)
    {
        await using CheckRun run = new(new EntityCase());
        run.Source.Identity = new("s", "shop.db", mayHoldBoth);
        run.Target.Identity = new("s", isSame ? "shop.db" : "new.db", mayHoldBoth);

        IReadOnlyList<string> findings = await run.RefusalsAsync();

        Assert.Equal(isAccepted ? 0 : 1, findings.Count);
        Assert.All(findings, finding => Assert.Contains("(fake-source) and target (fake-target) are the same database", finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_table_on_both_sides_is_refused()
    {
        EntityCase entity = new();
        await using CheckRun run = new(entity.Change(Side.Target, table => table with { PhysicalId = entity.Source!.PhysicalId }));

        string finding = Assert.Single(await run.RefusalsAsync());
        Assert.Contains("target table 'orders_new' is the very table that entity 'orders' has on the source ('orders')", finding, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_entities_on_one_table_are_refused()
    {
        EntityCase other = new("lines");
        await using CheckRun run = new(new EntityCase(), other.Change(Side.Source, table => table with { PhysicalId = "Source/orders" }));

        string finding = Assert.Single(await run.RefusalsAsync());
        Assert.Contains("'lines'", finding, StringComparison.Ordinal);
        Assert.Contains("also the table of entity 'orders'; map a table by one entity only", finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureKind.Availability)]
    [InlineData(FailureKind.Transient)]
    public async Task A_side_out_of_reach_is_said_so(FailureKind kind)
    {
        await using CheckRun run = new(new EntityCase());
        run.Target.FailureKind = kind;
        run.Target.OpenFailure = new TimeoutException("no answer");

        DatabaseUnavailableException exception = await Assert.ThrowsAsync<DatabaseUnavailableException>(run.RunAsync);

        Assert.Equal(Side.Target, exception.Side);
        Assert.Same(run.Target.OpenFailure, exception.InnerException);
        Assert.Contains("fake-target", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Check that it runs", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_said_so()
    {
        await using CheckRun run = new(new EntityCase());
        run.Source.FailureKind = FailureKind.Bug;
        run.Source.DescribeFailure = new InvalidOperationException("permission denied for table orders");

        MigrationConfigurationException exception = await Assert.ThrowsAsync<MigrationConfigurationException>(run.RunAsync);

        Assert.Contains("fake-source", exception.Message, StringComparison.Ordinal);
        Assert.Contains("grant the role the right", exception.Message, StringComparison.Ordinal);
        Assert.Contains("permission denied for table orders", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, run.Source.OpenSessions);
    }

    [Fact]
    public async Task An_exception_that_is_not_the_databases_passes_unchanged()
    {
        await using CheckRun run = new(new EntityCase());
        run.Source.OpenFailure = new OperationCanceledException();

        Assert.Same(run.Source.OpenFailure, await Assert.ThrowsAsync<OperationCanceledException>(run.RunAsync));
    }

    [Fact]
    public async Task Control_tables_of_a_newer_version_are_refused()
    {
        await using CheckRun run = new(new EntityCase());
        run.Target.ControlVersion = ControlTables.CurrentVersion + 1;

        MigrationConfigurationException exception = await Assert.ThrowsAsync<MigrationConfigurationException>(run.RunAsync);
        Assert.Contains("fake-target", exception.Message, StringComparison.Ordinal);

        run.Target.ControlVersion = ControlTables.CurrentVersion;
        await run.RunAsync();
    }

    [Fact]
    public async Task Statements_are_composed_of_the_catalogue_and_the_coarser_precision()
    {
        EntityCase entity = new EntityCase()
            .Column(Side.Source, 2, column => column with { TimeGranularity = 1 })
            .Column(Side.Target, 2, column => column with { TimeGranularity = 10 });
        await using CheckRun run = new(entity);

        await run.RunAsync();

        DescribedBinding binding = (DescribedBinding)Assert.Single(run.Context.Entities);
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            StoreDefinition definition = binding.Definitions[(int)side];
            Assert.Equal(side, definition.Side);
            Assert.Same(entity[side], definition.Table);
            Assert.Same(binding.Descriptor, definition.Entity);
            Assert.Same(run.Context.Names, definition.Control);
            Assert.Equal([0, 0, 10], definition.TimeGranularity);
        }
    }

    [Fact]
    public async Task Parents_come_before_children_by_the_targets_foreign_keys()
    {
        // Only the target's keys count; the parent's own list of children and letter case serve as well.
        EntityCase notes = new EntityCase("notes").AddForeignKey(Side.Target, "lines_new").AddForeignKey(Side.Target, "notes_new");
        EntityCase lines = new EntityCase("lines").AddForeignKey(Side.Source, "notes");
        EntityCase orders = new();
        orders.Change(Side.Target, table => table with
        {
            ReferencedBy = [new ForeignKeySchema { Name = "fk", Child = lines.Target!.Name, Columns = ["order_id"], Parent = table.Name }],
        });
        await using CheckRun run = new(notes, new EntityCase("alone"), lines, orders);

        await run.RunAsync();

        Assert.Equal(["orders", "lines", "notes", "alone"], run.Context.Entities.Select(binding => binding.Name));
        Assert.Equal([0, 1, 2, 3], run.Context.Entities.Select(binding => binding.Rank));
    }

    [Fact]
    public async Task A_cycle_keeps_the_given_order_behind_its_parents()
    {
        EntityCase a = new EntityCase("a").AddForeignKey(Side.Target, "b_new");
        EntityCase b = new EntityCase("b").AddForeignKey(Side.Target, "a_new").AddForeignKey(Side.Target, "root_new");
        await using CheckRun run = new(a, b, new EntityCase("root"));

        await run.RunAsync();

        Assert.Equal(["root", "b", "a"], run.Context.Entities.Select(binding => binding.Name));
    }

    [Fact]
    public async Task An_inspection_says_the_same_and_composes_nothing()
    {
        EntityCase entity = new();
        await using CheckRun run = new(entity.Change(Side.Source, table => table with { Triggers = ["audit"] }));

        SchemaFindings findings = await new SchemaCheck(run.Context).InspectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(await run.RefusalsAsync(), findings.Refusals);
        Assert.Empty(((DescribedBinding)run.Context.Entities[0]).Definitions);
    }
}
