using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using DbMove;
using Quickstart.Traffic;

namespace Quickstart.Control;

/// <summary>Calls over HTTP, as any program with the token may make them.</summary>
internal sealed class HttpControl : IControl, IDisposable
{
    private const int Tries = 100;
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(200);

    // Loopback: no proxy of the environment has anything to do with it.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    public HttpControl(Uri migration, string token)
    {
        _client.BaseAddress = migration;
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<Standing> ReadAsync(CancellationToken cancellationToken)
    {
        StatusBody status = await ReadAsync(HttpMethod.Get, "status", ControlJson.Default.StatusBody, cancellationToken);
        return StageExtensions.TryParseWireName(status.Stage, out Stage stage)
            ? new(stage, status.Epoch, status.Intents?.Open, status.Events?.Open)
            : throw new WrongResultException($"GET status names the stage '{status.Stage}', which there is not.");
    }

    public async Task<WorkState> ReadWorkAsync(CancellationToken cancellationToken)
    {
        StatsBody stats = await ReadAsync(HttpMethod.Get, "stats", ControlJson.Default.StatsBody, cancellationToken);
        return new(stats.Backfill.State is "running" or "paused", stats.Full.IsRunning);
    }

    public async Task<string> CheckGateAsync(Stage to, CancellationToken cancellationToken)
    {
        SwitchBody gate = await ReadAsync(HttpMethod.Post, Verb(to) + "?dryRun=true", ControlJson.Default.SwitchBody, cancellationToken);
        return string.Join(", ", gate.Gate.Conditions.Where(condition => !condition.IsMet).Select(condition => $"{condition.Name} ({condition.Detail})"));
    }

    public async Task<SwitchOutcome> SwitchAsync(Stage to, long expectedEpoch, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Verb(to)) { Content = JsonContent.Create(new ReasonBody("quickstart"), ControlJson.Default.ReasonBody) };
        request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{expectedEpoch}\""));
        using HttpResponseMessage answer = await SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            SwitchBody done = await ReadAsync(answer, ControlJson.Default.SwitchBody, cancellationToken);
            return new(done.Epoch, TimeSpan.FromSeconds(done.WritePauseSeconds));
        }

        ProblemBody problem = await ReadProblemAsync(answer, cancellationToken);
        return answer.StatusCode == HttpStatusCode.ServiceUnavailable || problem.Type.EndsWith("#gate-closed", StringComparison.Ordinal)
            ? SwitchOutcome.Refused(problem.Detail)
            : throw Unexpected(Verb(to), answer, problem);
    }

    public Task StartBackfillAsync(CancellationToken cancellationToken) => PostAsync("backfill/start", cancellationToken);

    public Task StartFullValidationAsync(CancellationToken cancellationToken) => PostAsync("full/start", cancellationToken);

    public Task StartIncrementalValidationAsync(CancellationToken cancellationToken) => PostAsync("incr/start", cancellationToken);

    public Task StopIncrementalValidationAsync(CancellationToken cancellationToken) => PostAsync("incr/stop", cancellationToken);

    public void Dispose() => _client.Dispose();

    private static string Verb(Stage to) => to == Stage.Completed ? "complete" : to.ToWireName();

    /// <summary>Starting and stopping changes what it names; how it stands is read from the status.</summary>
    private Task PostAsync(string path, CancellationToken cancellationToken) => TryAsync(HttpMethod.Post, path, static (_, _) => Task.FromResult(true), cancellationToken);

    private Task<T> ReadAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => TryAsync(method, path, (answer, token) => ReadAsync(answer, type, token), cancellationToken);

    /// <summary>Everything but a switch is sent again while the service says that it cannot answer just now: it is idempotent.</summary>
    private async Task<T> TryAsync<T>(HttpMethod method, string path, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        for (int tried = 1; ; tried++)
        {
            using HttpRequestMessage request = new(method, path);
            using HttpResponseMessage answer = await SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return await read(answer, cancellationToken);
            }

            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || tried == Tries)
            {
                throw Unexpected(path, answer, await ReadProblemAsync(answer, cancellationToken));
            }

            await Task.Delay(s_again, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new WrongResultException($"{request.Method} {request.RequestUri} was not answered: {exception.Message}");
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await answer.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new WrongResultException($"{answer.RequestMessage?.RequestUri} answered with nothing.");

    /// <summary>401, and 403 of a policy, have no body.</summary>
    private static async Task<ProblemBody> ReadProblemAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await ReadAsync(answer, ControlJson.Default.ProblemBody, cancellationToken)
            : new(string.Empty, "no problem details", answer.ReasonPhrase ?? string.Empty);

    private static WrongResultException Unexpected(string path, HttpResponseMessage answer, ProblemBody problem) =>
        new($"{path} answered {(int)answer.StatusCode}, {problem.Title}: {problem.Detail}");
}
