using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace DbMove.AotSmoke.Service;

/// <summary>The control plane, as an operator's script uses it.</summary>
internal sealed class ControlClient(Uri address, string? token) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri(address, "/dbmove/"),
        Timeout = TimeSpan.FromSeconds(60),
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    public async Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await ReadAsync(answer));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, object? body = null)
    {
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(path, UriKind.Relative), body is null ? null : JsonContent.Create(body));
        return (answer.StatusCode, await ReadAsync(answer));
    }

    public async Task<JsonNode> StatusAsync()
    {
        (HttpStatusCode status, JsonNode? body) = await GetAsync("status");
        SmokeException.Require(status == HttpStatusCode.OK && body is not null, $"the status was answered with {(int)status}: {body}");
        return body!;
    }

    /// <summary>Switches as soon as the gate is open. A switch that gave up for a busy machine is tried again.</summary>
    public async Task SwitchAsync(string verb, string stage, Task traffic)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            (HttpStatusCode status, JsonNode? body) = await PostAsync(verb, new { reason = "aot smoke", waitForGateSeconds = 20 });
            if (status == HttpStatusCode.OK)
            {
                SmokeException.Require((string?)body?["stage"] == stage, $"{verb} was answered with {body}");
                return;
            }

            SmokeException.Require(
                status is HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable && Stopwatch.GetElapsedTime(began) < s_patience, $"{verb} was answered with {(int)status}: {body}");
            if (traffic.IsFaulted)
            {
                await traffic;
            }

            await Task.Delay(50);
        }
    }

    public async Task<JsonNode> BackfillAsync(Task traffic)
    {
        await StartAsync("backfill/start");
        JsonNode backfill = null!;
        await Wait.UntilAsync(
            "the backfill",
            s_patience,
            async () => (string?)(backfill = (await StatusAsync())["backfill"]!)["state"] is "completed" or "failed" or "stopped",
            traffic);
        SmokeException.Require((string?)backfill["state"] == "completed", $"the backfill ended as {backfill}");
        return backfill;
    }

    /// <summary>One full pass, from its start to its end.</summary>
    public async Task<JsonNode> ValidateAsync(Task traffic)
    {
        string? before = (string?)(await StatusAsync())["validation"]!["lastPass"]?["run"];
        await StartAsync("full/start");
        JsonNode? pass = null;
        await Wait.UntilAsync(
            "a full validation",
            s_patience,
            async () =>
            {
                JsonNode validation = (await StatusAsync())["validation"]!;
                pass = validation["lastPass"];
                return !(bool)validation["full"]!["isRunning"]! && pass is not null && (string?)pass["run"] != before && (string?)pass["state"] != "running";
            },
            traffic);
        return pass!;
    }

    /// <summary>Passes until one is clean: the backfill may leave a row that was deleted while it was copied, and a pass that meets a key that is written all the time decides nothing.</summary>
    public async Task ValidateUntilCleanAsync(Task traffic)
    {
        JsonNode pass = null!;
        for (int attempt = 0; attempt < 10; attempt++)
        {
            pass = await ValidateAsync(traffic);
            if ((string?)pass["state"] == "clean")
            {
                return;
            }

            await WaitForEventsAsync(traffic);
        }

        throw new SmokeException($"no validation was clean; the last one: {pass}");
    }

    /// <summary>Waits until everything that was found is repaired.</summary>
    public Task WaitForEventsAsync(Task traffic) =>
        Wait.UntilAsync("the repairs", s_patience, async () => (long?)(await StatusAsync())["events"]?["open"] == 0, traffic);

    /// <summary>Waits until the follower has everything.</summary>
    public Task WaitForIntentsAsync(Task traffic) =>
        Wait.UntilAsync("the follower", s_patience, async () => (long?)(await StatusAsync())["intents"]?["open"] == 0, traffic);

    public void Dispose() => _http.Dispose();

    private async Task StartAsync(string verb)
    {
        (HttpStatusCode status, JsonNode? body) = await PostAsync(verb);
        SmokeException.Require(status is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{verb} was answered with {(int)status}: {body}");
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : JsonValue.Create(text);
    }
}
