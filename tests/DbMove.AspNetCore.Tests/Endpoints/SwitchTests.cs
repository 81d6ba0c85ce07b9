using System.Net;
using System.Text.Json;
using DbMove.AspNetCore.Tests.Setup;

namespace DbMove.AspNetCore.Tests.Endpoints;

public sealed class SwitchTests
{
    private static readonly string[] s_verbs = ["src_only", "src_first", "dst_first", "dst_only", "complete"];

    [Fact]
    public async Task A_switch_to_the_present_stage_is_200_and_changes_nothing()
    {
        await using ControlService service = await ControlService.StartAsync();
        for (int verb = 0; verb < s_verbs.Length; verb++)
        {
            await service.WalkToAsync((Stage)(verb + 1));
            List<string> before = service.Files.Everything();

            Answer answer = (await service.PostAsync(s_verbs[verb])).Is(HttpStatusCode.OK);

            Assert.False(answer["changed"].GetBoolean());
            Assert.Equal((((Stage)(verb + 1)).ToWireName(), $"\"{verb + 1}\""), (answer.Of("stage"), answer.ETag));
            Assert.Equal(before, service.Files.Everything());
        }
    }

    [Fact]
    public async Task A_closed_gate_is_409_with_every_condition_met_or_not()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceFirst);

        Answer closed = await service.PostAsync("dst_first");

        Assert.Equal("gate-closed", closed.Problem(HttpStatusCode.Conflict));
        Dictionary<string, bool> conditions = closed["conditions"].EnumerateArray().ToDictionary(each => each.GetProperty("name").GetString()!, each => each.GetProperty("isMet").GetBoolean());
        Assert.Equal(
            ["backfill_complete", "full_validation_clean", "instances_current", "intent_age", "minimum_time_in_stage", "no_dirty_ranges", "no_open_events", "no_parked_intents", "repairs_verified", "schema_check", "shadow_mismatch_rate"],
            conditions.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["backfill_complete", "full_validation_clean"], conditions.Where(each => !each.Value).Select(each => each.Key).Order(StringComparer.Ordinal));
        Assert.All(closed["conditions"].EnumerateArray(), each => Assert.NotEmpty(each.GetProperty("detail").GetString()!));
        Assert.Equal((Stage.SourceFirst, 2), (service.Migration.Stage, service.Migration.Epoch));
    }

    [Fact]
    public async Task An_override_needs_a_reason_and_both_are_in_the_audit()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceFirst);

        Assert.Equal("bad-body", (await service.PostAsync("dst_first", """{ "overrideGate": true }""")).Problem(HttpStatusCode.BadRequest));
        Assert.Equal("bad-body", (await service.PostAsync("dst_first", """{ "overrideGate": true, "reason": "  " }""")).Problem(HttpStatusCode.BadRequest));
        Answer forced = (await service.PostAsync("dst_first", """{ "overrideGate": true, "reason": "the source is on fire" }""")).Is(HttpStatusCode.OK);

        Assert.False(forced["gate"].GetProperty("isOpen").GetBoolean());
        Assert.Equal(["olga|the source is on fire|1"], service.Files.Rows(Side.Source, "SELECT changed_by, reason, overridden FROM dbmove_audit WHERE to_stage = 'dst_first'"));
    }

    [Theory]
    [InlineData(Stage.Initial, "src_first", "src_only")]
    [InlineData(Stage.SourceOnly, "dst_first", "src_first")]
    [InlineData(Stage.SourceFirst, "complete", "dst_first or src_only")]
    [InlineData(Stage.Completed, "dst_only", "final")]
    public async Task A_skipped_stage_is_409_and_says_where_to_go(Stage from, string verb, string remedy)
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(from);

        Answer refused = await service.PostAsync(verb);

        Assert.Equal("no-such-step", refused.Problem(HttpStatusCode.Conflict));
        Assert.Contains(remedy, refused.Of("detail"), StringComparison.Ordinal);
        Assert.Equal((from.ToWireName(), (long)from), (refused.Of("stage"), refused["epoch"].GetInt64()));
    }

    [Fact]
    public async Task A_step_back_is_a_switch_like_another()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceFirst);

        Answer back = (await service.PostAsync("src_only", """{ "reason": "not today" }""")).Is(HttpStatusCode.OK);

        Assert.Equal(("src_first", "src_only", 3), (back.Of("from"), back.Of("to"), back["epoch"].GetInt64()));
    }

    [Fact]
    public async Task A_dry_run_of_any_write_in_any_stage_changes_nothing()
    {
        await using ControlService service = await ControlService.StartAsync(options: options => options.RunBackgroundWork = false);
        for (Stage stage = Stage.Initial; stage <= Stage.Completed; stage++)
        {
            await service.WalkToAsync(stage);
            List<string> before = service.Files.Everything();
            foreach (string verb in (string[])[.. s_verbs, "full/start", "full/stop", "incr/start", "incr/stop", "backfill/start", "backfill/pause"])
            {
                Answer answer = await service.PostAsync(verb + "?dryRun=true", verb.Contains('/', StringComparison.Ordinal) ? null : """{ "overrideGate": true, "reason": "try" }""");
                if (answer.Status != HttpStatusCode.Conflict)
                {
                    Assert.True(answer.Is(HttpStatusCode.OK)["dryRun"].GetBoolean());
                    Assert.Equal(stage.ToWireName(), answer.Of("stage"));
                }
            }

            Assert.Equal(before, service.Files.Everything());
            Assert.False(service.Migration.Validation.Progress.IsRunning);
            Assert.Equal(BackfillState.Idle, service.Migration.Backfill.Progress.State);
        }
    }

    [Fact]
    public async Task A_dry_run_reports_the_closed_gate()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceFirst);

        JsonElement gate = (await service.PostAsync("dst_first?dryRun=true")).Is(HttpStatusCode.OK)["gate"];

        Assert.False(gate.GetProperty("isOpen").GetBoolean());
        Assert.Contains(gate.GetProperty("conditions").EnumerateArray(), each => each.GetProperty("name").GetString() == "backfill_complete" && !each.GetProperty("isMet").GetBoolean());
    }

    [Fact]
    public async Task A_gate_that_time_opens_is_waited_for()
    {
        await using ControlService service = await ControlService.StartAsync(options: options => options.Gate.MinimumTimeInStage = TimeSpan.FromSeconds(2));
        (await service.PostAsync("src_only")).Is(HttpStatusCode.OK);

        Assert.Equal("gate-closed", (await service.PostAsync("src_first")).Problem(HttpStatusCode.Conflict));
        Assert.True((await service.PostAsync("src_first", """{ "waitForGateSeconds": 60 }""")).Is(HttpStatusCode.OK)["changed"].GetBoolean());
    }
}
