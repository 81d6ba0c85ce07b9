using System.Diagnostics;
using DbMove.Runtime.Tests.Setup;
using DbMove.Telemetry;
using Trace = DbMove.Runtime.Tests.Setup.Trace;

namespace DbMove.Runtime.Tests.Telemetry;

/// <summary>The activities, their tags and their failures; and that they cost nothing while nobody listens.</summary>
[Collection(TracingCollection.Name)]
public sealed class TracingTests
{
    [Fact]
    public async Task A_write_names_stage_entity_and_both_commits()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        using Trace trace = new();
        using Activity caller = new Activity("request").Start();

        await new CustomerRepository(migration).InsertAsync(new Customer { Id = 1, Name = "Ada", Email = "ada@example.org" });

        Activity write = trace.One("dbmove.write");
        Assert.Same(caller, Activity.Current);
        Assert.Equal((caller.SpanId, caller.TraceId, ActivityStatusCode.Unset), (write.ParentSpanId, write.TraceId, write.Status));
        Assert.Equal(
            ["dbmove.authority=source", "dbmove.entity=customer", "dbmove.epoch=2", "dbmove.migration=shop", "dbmove.outcome=committed", "dbmove.stage=src_first"], Tags(write));
        Assert.Equal(["follower.applied", "authority.committed", "follower.committed"], write.Events.Select(each => each.Name));
    }

    [Fact]
    public async Task A_transaction_is_one_activity_over_all_its_entities()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        using Trace trace = new();

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            Assert.Null(Activity.Current);
            await new CustomerRepository(migration).InsertAsync(new Customer { Id = 1, Name = "Ada" }, transaction);
            await new PurchaseRepository(migration).InsertAsync(new Purchase { Id = 1, CustomerId = 1 }, transaction);
            await new PurchaseRepository(migration).InsertAsync(new Purchase { Id = 2, CustomerId = 1 }, transaction);
            await transaction.CommitAsync();
        }

        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await new CustomerRepository(migration).InsertAsync(new Customer { Id = 2, Name = "Ben" }, transaction);
        }

        Assert.Equal(["customer,purchase committed", "customer rolled_back"], trace.Named("dbmove.write").Select(write => $"{write.GetTagItem("dbmove.entity")} {write.GetTagItem("dbmove.outcome")}"));
        Assert.All(trace.All, write => Assert.Equal(ActivityStatusCode.Unset, write.Status));
    }

    [Fact]
    public async Task A_failure_is_named_by_its_type_and_says_nothing_of_the_data()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        CustomerRepository customers = new(migration);
        await customers.InsertAsync(new Customer { Id = 4711, Name = "Ada", Email = "ada@example.org" });
        using Trace trace = new();

        await Assert.ThrowsAsync<WriteFailedException>(() => customers.InsertAsync(new Customer { Id = 4711, Name = "Ada", Email = "ada@example.org" }));

        Activity write = trace.One("dbmove.write");
        Assert.Equal((ActivityStatusCode.Error, null), (write.Status, write.StatusDescription));
        Assert.Contains("error.type=DbMove.WriteFailedException", Tags(write));
        Assert.Contains("dbmove.outcome=rolled_back", Tags(write));
        Assert.DoesNotContain(Tags(write), tag => tag.Contains("ada", StringComparison.OrdinalIgnoreCase) || tag.Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_follower_that_fails_is_an_event_of_a_write_that_has_succeeded()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        shop.Run(Side.Target, "DROP TABLE purchase");
        using Trace trace = new();

        await new PurchaseRepository(migration).InsertAsync(new Purchase { Id = 1, CustomerId = 1 });

        Activity write = trace.One("dbmove.write");
        Assert.Equal((ActivityStatusCode.Unset, "committed"), (write.Status, write.GetTagItem("dbmove.outcome")));
        Assert.Equal(["authority.committed", "follower.failed"], write.Events.Select(each => each.Name));
    }

    [Fact]
    public async Task Backfill_validation_repair_events_and_switch_have_theirs()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        using Trace trace = new();
        using Activity caller = new Activity("request").Start();

        await Shop.BackfillAsync(migration);
        shop.Run(Side.Target, "UPDATE customer SET name = 'wrong' WHERE id = 2");
        Assert.Equal(1, (await Shop.ValidateAsync(migration)).Differences);
        await Shop.FixAsync(migration);
        await migration.Validation.VerifyPendingAsync();
        Assert.True((await Shop.ValidateAsync(migration)).IsClean);
        await migration.SwitchAsync(Stage.TargetFirst, new SwitchOptions { Reason = "because of ada@example.org" });
        await Assert.ThrowsAsync<StageTransitionException>(() => migration.SwitchAsync(Stage.Completed));

        // What goes on after the call is a trace of its own, linked to the one that began it.
        Activity backfill = trace.One("dbmove.backfill");
        Assert.NotEqual(caller.TraceId, backfill.TraceId);
        Assert.Equal(caller.SpanId, Assert.Single(backfill.Links).Context.SpanId);
        Assert.Subset(Tags(backfill).ToHashSet(), new HashSet<string> { "dbmove.outcome=completed", "dbmove.rows.read=3", "dbmove.stage=src_first" });
        Assert.All(trace.Named("dbmove.backfill.range"), range => Assert.Equal(backfill.SpanId, range.ParentSpanId));
        Assert.Contains(trace.Named("dbmove.backfill.range"), range => Tags(range) is var tags && tags.Contains("dbmove.entity=customer") && tags.Contains("dbmove.rows.inserted=3"));

        Assert.Equal(["differences", "clean"], trace.Named("dbmove.validation").Select(pass => pass.GetTagItem("dbmove.outcome")));
        Activity handled = trace.One("dbmove.event");
        Assert.Equal(ActivityKind.Consumer, handled.Kind);
        Assert.Subset(Tags(handled).ToHashSet(), new HashSet<string> { "dbmove.outcome=done", "dbmove.entity=customer", "dbmove.kind=neq", "dbmove.keys=1" });
        Activity repair = trace.One("dbmove.repair");
        Assert.Equal(handled.SpanId, repair.ParentSpanId);
        Assert.Subset(Tags(repair).ToHashSet(), new HashSet<string> { "dbmove.keys.repaired=1", "dbmove.entity=customer", "dbmove.migration=shop" });

        (Activity moved, Activity refused) = (trace.Named("dbmove.switch")[0], trace.Named("dbmove.switch")[1]);
        Assert.Equal(["switch.fenced", "switch.prepared", "switch.committed"], moved.Events.Select(each => each.Name));
        Assert.Subset(Tags(moved).ToHashSet(), new HashSet<string> { "dbmove.stage=src_first", "dbmove.switch.to=dst_first", "dbmove.epoch=3", "dbmove.switch.changed=True" });
        Assert.Equal((ActivityStatusCode.Error, "DbMove.StageTransitionException"), (refused.Status, refused.GetTagItem("error.type")));
        Assert.DoesNotContain(trace.All.SelectMany(Tags), tag => tag.Contains("ada@", StringComparison.Ordinal));
        Assert.All(trace.All, each => Assert.Equal("shop", each.GetTagItem("dbmove.migration")));
    }

    [Fact]
    public async Task A_pass_that_tells_nothing_has_failed()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst, options => options.Validation.MaximumDuration = TimeSpan.FromMilliseconds(1));
        using Trace trace = new();
        Hold hold = Hold.At(migration, "validation.page_read");

        await Shop.ValidateAsync(migration);
        hold.Release();

        Activity pass = trace.One("dbmove.validation");
        Assert.Equal((ActivityStatusCode.Error, "inconclusive"), (pass.Status, pass.GetTagItem("dbmove.outcome")));
    }

    [Fact]
    public void Nothing_is_allocated_while_nobody_listens()
    {
        MigrationTracing tracing = new("shop");
        Use(tracing);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int round = 0; round < 1000; round++)
        {
            Use(tracing);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        using Trace trace = new();
        Use(tracing);
        Assert.Equal(2, trace.All.Count);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() > before);
    }

    private static readonly Exception s_exception = new InvalidOperationException();

    private static void Use(MigrationTracing tracing)
    {
        using Activity? activity = tracing.Start("dbmove.write");
        activity.AddEntity("customer");
        activity.SetCount("dbmove.keys", 4711);
        activity.SetWord("dbmove.outcome", "committed");
        activity.Fails(s_exception);
        MigrationTracing.Enter(activity);
        MigrationTracing.Note("authority.committed");
        using Activity? apart = tracing.StartApart("dbmove.backfill");
    }

    private static List<string> Tags(Activity activity) =>
        [.. activity.TagObjects.Select(tag => FormattableString.Invariant($"{tag.Key}={tag.Value}")).Order(StringComparer.Ordinal)];
}
