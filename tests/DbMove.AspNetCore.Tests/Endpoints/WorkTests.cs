using System.Net;
using System.Text.Json;
using DbMove.AspNetCore.Tests.Setup;

namespace DbMove.AspNetCore.Tests.Endpoints;

public sealed class WorkTests
{
    [Fact]
    public async Task The_backfill_is_paused_and_resumed_and_doing_it_twice_is_doing_it_once()
    {
        await using ControlService service = await SlowAsync();

        for (int round = 0; round < 2; round++)
        {
            for (int again = 0; again < 2; again++)
            {
                Answer started = (await service.PostAsync("backfill/start")).Is(HttpStatusCode.Accepted);
                Assert.Equal("running", started["backfill"].GetProperty("state").GetString());
            }

            for (int again = 0; again < 2; again++)
            {
                Answer paused = (await service.PostAsync("backfill/pause")).Is(HttpStatusCode.OK);
                Assert.Equal("paused", paused["backfill"].GetProperty("state").GetString());
            }
        }
    }

    [Fact]
    public async Task Pausing_what_does_not_run_does_nothing()
    {
        await using ControlService service = await SlowAsync();

        Assert.Equal("idle", (await service.PostAsync("backfill/pause")).Is(HttpStatusCode.OK)["backfill"].GetProperty("state").GetString());
        Assert.Equal("running", (await service.PostAsync("backfill/start")).Is(HttpStatusCode.Accepted)["backfill"].GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_full_validation_is_started_and_stopped_and_doing_it_twice_is_doing_it_once()
    {
        await using ControlService service = await SlowAsync();
        (await service.PostAsync("full/stop")).Is(HttpStatusCode.OK);

        for (int again = 0; again < 2; again++)
        {
            Assert.True((await service.PostAsync("full/start")).Is(HttpStatusCode.Accepted)["full"].GetProperty("isRunning").GetBoolean());
        }

        Assert.Single(service.Files.Rows(Side.Target, "SELECT run FROM dbmove_validation"));
        for (int again = 0; again < 2; again++)
        {
            Assert.False((await service.PostAsync("full/stop")).Is(HttpStatusCode.OK)["full"].GetProperty("isRunning").GetBoolean());
        }

        JsonElement pass = (await service.GetAsync("status"))["validation"].GetProperty("lastPass");
        Assert.Equal(("stopped", 2), (pass.GetProperty("state").GetString(), pass.GetProperty("epoch").GetInt64()));
    }

    [Fact]
    public async Task Incremental_validation_is_turned_on_and_off_on_both_sides()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceFirst);
        await service.Migration.Validation.StopIncrementalAsync();

        foreach ((string verb, bool isOn, string row) in new[] { ("incr/start", true, "1"), ("incr/start", true, "1"), ("incr/stop", false, "0"), ("incr/stop", false, "0") })
        {
            Assert.Equal(isOn, (await service.PostAsync(verb)).Is(HttpStatusCode.OK)["isIncremental"].GetBoolean());
            Assert.Equal(isOn, (await service.GetAsync("status"))["validation"].GetProperty("isIncremental").GetBoolean());
            Assert.Equal([row], service.Files.Rows(Side.Source, "SELECT incremental FROM dbmove_migration"));
            Assert.Equal([row], service.Files.Rows(Side.Target, "SELECT incremental FROM dbmove_migration"));
        }
    }

    [Theory]
    [InlineData(Stage.Initial, "full/start")]
    [InlineData(Stage.Initial, "incr/start")]
    [InlineData(Stage.SourceOnly, "backfill/start")]
    [InlineData(Stage.TargetFirst, "backfill/start")]
    [InlineData(Stage.TargetOnly, "full/start")]
    [InlineData(Stage.Completed, "incr/start")]
    public async Task Work_of_another_stage_is_409(Stage stage, string verb)
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(stage);

        foreach (string query in (string[])["", "?dryRun=true"])
        {
            Answer refused = await service.PostAsync(verb + query);
            Assert.Equal("wrong-stage", refused.Problem(HttpStatusCode.Conflict));
            Assert.Contains(stage.ToWireName(), refused.Of("detail"), StringComparison.Ordinal);
            Assert.Equal(stage.ToWireName(), refused.Of("stage"));
        }
    }

    [Theory]
    [InlineData(Stage.Initial)]
    [InlineData(Stage.Completed)]
    public async Task Stopping_is_harmless_in_any_stage(Stage stage)
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(stage);

        foreach (string verb in (string[])["full/stop", "incr/stop", "backfill/pause"])
        {
            (await service.PostAsync(verb)).Is(HttpStatusCode.OK);
        }
    }

    /// <summary>A service in src_first whose backfill and validation take an hour.</summary>
    private static async Task<ControlService> SlowAsync()
    {
        ControlService service = await ControlService.StartAsync(rows: 4000, options: options =>
        {
            options.Backfill.RowsPerSecond = 1;
            options.Backfill.InitialChunk = 10;
            options.Backfill.MaximumChunk = 10;
            options.Validation.RowsPerSecond = 1;
            options.Validation.PageSize = 10;
        });
        await service.WalkToAsync(Stage.SourceFirst);
        return service;
    }
}
