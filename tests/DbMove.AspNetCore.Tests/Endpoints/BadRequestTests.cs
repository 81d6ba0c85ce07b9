using System.Net;
using System.Text;
using DbMove.AspNetCore.Tests.Setup;

namespace DbMove.AspNetCore.Tests.Endpoints;

/// <summary>What cannot be understood is refused before anything is done.</summary>
public sealed class BadRequestTests
{
    [Theory]
    [InlineData("src_only", "{")]
    [InlineData("src_only", "[]")]
    [InlineData("src_only", "null")]
    [InlineData("src_only", "\"dst_first\"")]
    [InlineData("src_only", "{} {}")]
    [InlineData("src_only", """{ "reasn": "typo" }""")]
    [InlineData("src_only", """{ "changedBy": "mallory" }""")]
    [InlineData("src_only", """{ "Reason": "case" }""")]
    [InlineData("src_only", """{ "reason": "a", "reason": "b" }""")]
    [InlineData("src_only", """{ "reason": 1 }""")]
    [InlineData("src_only", """{ "reason": "two\nlines" }""")]
    [InlineData("src_only", """{ "reason": "nul \u0000" }""")]
    [InlineData("src_only", """{ "reason": "half \ud800" }""")]
    [InlineData("src_only", """{ "overrideGate": "true", "reason": "a" }""")]
    [InlineData("src_only", """{ "waitForGateSeconds": -1 }""")]
    [InlineData("src_only", """{ "waitForGateSeconds": 61 }""")]
    [InlineData("src_only", """{ "waitForGateSeconds": 1e999 }""")]
    [InlineData("src_only", """{ "waitForGateSeconds": "5" }""")]
    [InlineData("full/start", """{ "reason": "none here" }""")]
    [InlineData("backfill/pause", "[]")]
    public async Task A_body_that_is_not_what_is_expected_is_400(string verb, string body)
    {
        await using ControlService service = await ControlService.StartAsync();

        Assert.Equal("bad-body", (await service.PostAsync(verb, body)).Problem(HttpStatusCode.BadRequest));

        Assert.Equal(["item"], service.Files.Rows(Side.Source, "SELECT name FROM sqlite_master WHERE type = 'table'"));
    }

    [Fact]
    public async Task A_body_says_nothing_back_of_what_was_sent()
    {
        await using ControlService service = await ControlService.StartAsync();

        Answer answer = await service.PostAsync("src_only", """{ "hunter2-secret": "hunter2-secret" }""");

        Assert.Equal("bad-body", answer.Problem(HttpStatusCode.BadRequest));
        Assert.DoesNotContain("hunter2", answer.Text, StringComparison.Ordinal);
        Assert.Contains("'reason', 'overrideGate', 'waitForGateSeconds'", answer.Of("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_reason_and_the_largest_body_are_taken_and_one_more_is_not()
    {
        await using ControlService service = await ControlService.StartAsync();
        string Body(int reason, int spaces) => $$"""{ "reason": "{{new string('r', reason)}}"{{new string(' ', spaces)}} }""";
        int rest = (16 * 1024) - Encoding.UTF8.GetByteCount(Body(1000, 0));

        Assert.Equal("bad-body", (await service.PostAsync("src_only", Body(1001, 0))).Problem(HttpStatusCode.BadRequest));
        Assert.Equal("body-too-large", (await service.PostAsync("src_only", Body(1000, rest + 1))).Problem(HttpStatusCode.RequestEntityTooLarge));
        Assert.Equal("body-too-large", (await service.PostAsync("src_only", new string('x', 100_000))).Problem(HttpStatusCode.RequestEntityTooLarge));
        (await service.PostAsync("src_only", Body(1000, rest))).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/jsonp", 415)]
    [InlineData("nonsense", 415)]
    [InlineData(null, 415)]
    [InlineData("application/json", 200)]
    [InlineData("Application/JSON; charset=UTF-8", 200)]
    public async Task A_body_is_json_and_nothing_else(string? contentType, int status)
    {
        await using ControlService service = await ControlService.StartAsync();

        Answer answer = await service.SendAsync(HttpMethod.Post, "/dbmove/src_only", ControlService.Operator, "{}", contentType);

        Assert.Equal(status, (int)answer.Status);
        if (status != 200)
        {
            Assert.Equal("not-json", answer.Problem(HttpStatusCode.UnsupportedMediaType));
        }
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        await using ControlService service = await ControlService.StartAsync();
        Assert.Equal("not-json", (await service.PostAsync("src_only", "{}", ControlService.Operator, ("Content-Encoding", "gzip"))).Problem(HttpStatusCode.UnsupportedMediaType));
    }

    [Theory]
    [InlineData("dryrun=yes")]
    [InlineData("dryRun")]
    [InlineData("dryRun=")]
    [InlineData("dryRun=true&dryRun=true")]
    [InlineData("dry-run=true")]
    [InlineData("dryRun=true&force=1")]
    [InlineData("overrideGate=true")]
    public async Task A_query_that_might_mean_a_dry_run_never_switches(string query)
    {
        await using ControlService service = await ControlService.StartAsync();

        foreach (string verb in (string[])["src_only", "incr/stop"])
        {
            Assert.Equal("bad-query", (await service.PostAsync($"{verb}?{query}")).Problem(HttpStatusCode.BadRequest));
        }

        Assert.Equal(Stage.Initial, service.Migration.Stage);
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("*", 200)]
    [InlineData("\"1\"", 200)]
    [InlineData("\"0\"", 412)]
    [InlineData("\"2\"", 412)]
    [InlineData("\"9223372036854775807\"", 412)]
    [InlineData("\"9223372036854775808\"", 400)]
    [InlineData("W/\"1\"", 400)]
    [InlineData("1", 400)]
    [InlineData("\"01\"", 400)]
    [InlineData("\"+1\"", 400)]
    [InlineData("\"-1\"", 400)]
    [InlineData("\" 1\"", 400)]
    [InlineData("\"1\", \"2\"", 400)]
    [InlineData("\"\"", 400)]
    [InlineData("\"", 400)]
    [InlineData("\"one\"", 400)]
    [InlineData("**", 400)]
    public async Task If_Match_is_one_epoch_or_a_star(string? ifMatch, int status)
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceOnly);
        (string, string)[] headers = ifMatch is null ? [] : [("If-Match", ifMatch)];
        List<string> before = service.Files.Everything();

        foreach (string verb in (string[])["incr/stop", "src_only", "src_first?dryRun=true", "src_first"])
        {
            Answer answer = await service.PostAsync(verb, null, ControlService.Operator, headers);

            Assert.True(status == (int)answer.Status, $"{verb}: {answer.Text}");
            if (status != 200)
            {
                Assert.Equal(status == 400 ? "bad-if-match" : "epoch-moved", answer.Problem((HttpStatusCode)status));
                Assert.Equal(before, service.Files.Everything());
            }

            if (status == 412)
            {
                Assert.Equal(("\"1\"", 1, "src_only"), (answer.ETag, answer["epoch"].GetInt64(), answer.Of("stage")));
            }
        }
    }

    [Fact]
    public async Task Two_If_Match_headers_are_400()
    {
        await using ControlService service = await ControlService.StartAsync();
        Assert.Equal("bad-if-match", (await service.PostAsync("src_only", null, ControlService.Operator, ("If-Match", "\"0\""), ("If-Match", "\"1\""))).Problem(HttpStatusCode.BadRequest));
    }
}
