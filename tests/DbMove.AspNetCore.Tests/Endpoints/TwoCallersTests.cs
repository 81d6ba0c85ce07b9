using System.Globalization;
using System.Net;
using DbMove.AspNetCore.Tests.Setup;
using Microsoft.AspNetCore.Builder;

namespace DbMove.AspNetCore.Tests.Endpoints;

/// <summary>P33: two operators at once, and a double click.</summary>
public sealed class TwoCallersTests
{
    private static readonly string[] s_verbs = ["src_only", "src_first", "dst_first", "dst_only", "complete"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task P33_Of_two_who_switch_at_once_one_changes_the_stage_and_the_other_is_told(bool withEpoch)
    {
        await using ControlService one = await ControlService.StartAsync();
        await using ControlService two = await ControlService.StartAsync(app => app.MapDbMove().RequireAuthorization("operators"), shared: one.Files);
        for (int verb = 0; verb < s_verbs.Length; verb++)
        {
            (string, string)[] headers = withEpoch ? [("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{verb}\""))] : [];
            const string Body = """{ "overrideGate": true, "reason": "both" }""";
            using Barrier barrier = new(2);
            Task<Answer> Click(ControlService service, string user) => Task.Run(() =>
            {
                barrier.SignalAndWait();
                return service.PostAsync(s_verbs[verb], Body, user, headers);
            });

            Answer[] answers = await Task.WhenAll(Click(one, "olga:operator"), Click(two, "otto:operator"));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK && answer["changed"].GetBoolean());
            Answer other = answers.Single(answer => answer.Status != HttpStatusCode.OK || !answer["changed"].GetBoolean());
            if (withEpoch)
            {
                Assert.Equal("epoch-moved", other.Problem(HttpStatusCode.PreconditionFailed));
            }
            else
            {
                other.Is(HttpStatusCode.OK);
            }

            Assert.Equal(((Stage)(verb + 1)).ToWireName(), other.Of("stage"));
            Assert.Equal(verb + 1, other["epoch"].GetInt64());
            Assert.Equal(verb + 1, one.Files.Rows(Side.Source, "SELECT epoch FROM dbmove_audit").Count + (verb < 3 ? 0 : one.Files.Rows(Side.Target, "SELECT epoch FROM dbmove_audit").Count));
        }
    }

    [Theory]
    [InlineData(false, "dst_first", 200, null)]
    [InlineData(true, "dst_first", 412, "epoch-moved")]
    [InlineData(false, "src_only", 409, "epoch-moved")]
    [InlineData(true, "src_only", 412, "epoch-moved")]
    public async Task Who_is_overtaken_behind_the_gate_is_told_whether_the_stage_is_the_one_asked_for(bool withEpoch, string overtaking, int status, string? problem)
    {
        await using ControlService late = await ControlService.StartAsync();
        await late.WalkToAsync(Stage.SourceFirst);
        await using ControlService fast = await ControlService.StartAsync(app => app.MapDbMove().RequireAuthorization("operators"), shared: late.Files);
        Hold gated = Hold.At(late.Migration, "switch.gated");
        const string Body = """{ "overrideGate": true, "reason": "both" }""";
        Task<Answer> overtaken = late.PostAsync("dst_first", Body, ControlService.Operator, withEpoch ? [("If-Match", "\"2\"")] : []);
        await gated.Reached;

        (await fast.PostAsync(overtaking, Body)).Is(HttpStatusCode.OK);
        gated.Release();

        Answer answer = (await overtaken).Is((HttpStatusCode)status);
        Assert.Equal((overtaking, "\"3\""), (answer.Of("stage"), answer.ETag));
        if (problem is null)
        {
            Assert.False(answer["changed"].GetBoolean());
        }
        else
        {
            Assert.Equal(problem, answer.Problem((HttpStatusCode)status));
        }
    }

    [Fact]
    public async Task Who_leaves_before_the_commit_point_leaves_nothing_behind()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceFirst);
        Hold gated = Hold.At(service.Migration, "switch.gated");
        using HttpClient client = new() { BaseAddress = service.Address };
        using CancellationTokenSource leaving = new();
        using HttpRequestMessage request = new(HttpMethod.Post, "/dbmove/src_only");
        request.Headers.Add("Authorization", "Bearer olga:operator");
        Task<HttpResponseMessage> left = client.SendAsync(request, leaving.Token);
        await gated.Reached;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        // Held until it is seen to end: by its line in the log.
        while (!service.Log.Lines.Any(line => line.Contains("did not wait", StringComparison.Ordinal)))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Stage.SourceFirst, (await service.Migration.ReadStageAsync(TestContext.Current.CancellationToken)).Stage);
        (await service.PostAsync("src_only")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("src_only")]
    [InlineData("dst_first")]
    public async Task Who_leaves_after_the_commit_point_leaves_a_switch_that_the_log_tells_of(string verb)
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceFirst);
        Hold committed = Hold.At(service.Migration, "switch.committed");
        using HttpClient client = new() { BaseAddress = service.Address };
        using CancellationTokenSource leaving = new();
        using HttpRequestMessage request = new(HttpMethod.Post, "/dbmove/" + verb) { Content = new StringContent("""{ "overrideGate": true, "reason": "both" }""", null, "application/json") };
        request.Headers.Add("Authorization", "Bearer olga:operator");
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Aborted = gone.SetResult;
        Task<HttpResponseMessage> left = client.SendAsync(request, leaving.Token);
        await committed.Reached;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        committed.Release();
        await service.Answered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        string line = Assert.Single(service.Log.Lines, line => line.Contains(verb, StringComparison.Ordinal));
        Assert.Contains($"switched from src_first to {verb}, epoch 3", line, StringComparison.Ordinal);
    }
}
