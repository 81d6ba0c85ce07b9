using System.Net;
using System.Text;
using CsCheck;
using DbMove.AspNetCore.Tests.Setup;

namespace DbMove.AspNetCore.Tests.Endpoints;

/// <summary>
/// Whatever is sent, while both sides answer no answer is a 5xx but the 503 of a switch that was abandoned, every error of
/// DbMove's own is a problem, and every request that is one gets an answer.
/// </summary>
public sealed class RandomRequestTests
{
    private const int Requests = 4000;

    private static readonly Gen<string> s_noise = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 40],
        Gen.OneOf("", "*", "\"2\"", "\"3\"", "W/\"2\"", "true", "null", "-1", "1e999", "\"\\ud800\"", "%00", "..", "%2e%2e", "%ff", "é", "\t"));

    private static readonly Gen<string> s_read = Gen.OneOf("health", "stats", "status", "items/status", "other/status");

    private static readonly Gen<string> s_write = Gen.OneOf(
        "src_only", "src_first", "src_first", "dst_first", "dst_only", "complete", "full/start", "full/stop", "incr/start", "incr/stop", "backfill/start", "backfill/pause", "items/src_only", "items/full/stop",
        "other/src_only");

    private static readonly Gen<string> s_nowhere = Gen.OneOf(
        Gen.Select(s_noise, Gen.OneOf("status", "src_only", "full/start"), (name, verb) => Uri.EscapeDataString(name) + "/" + verb),
        s_noise.Select(Uri.EscapeDataString));

    private static readonly Gen<(string Method, string Path)> s_what = Gen.Frequency(
        (2, Gen.Select(Gen.OneOf("GET", "HEAD"), s_read)),
        (12, s_write.Select(path => ("POST", path))),
        (1, Gen.Select(Gen.OneOf("POST", "GET"), s_nowhere)),
        (1, Gen.Select(Gen.OneOf("GET", "PUT", "OPTIONS", "BREW", "POST"), Gen.OneOf(s_read, s_write))));

    private static readonly Gen<string> s_query = Gen.Frequency(
        (8, Gen.Const("")),
        (3, Gen.OneOf("?dryRun=true", "?dryRun=false", "?dryRun=", "?dryRun", "?DRYRUN=TRUE", "?&&=&=1", "?dryRun=true&dryRun=false")),
        (1, Gen.Select(s_noise, s_noise, (name, value) => "?" + Uri.EscapeDataString(name) + "=" + Uri.EscapeDataString(value))));

    private static readonly Gen<string> s_value = Gen.OneOf(
        Gen.OneOf("true", "false", "null", "0", "0.05", "-0", "1e400", "61", "[]", "{}", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\ud83d\\ude00\"", "\"\n\"", "nul", "NaN"),
        Gen.OneOf(Gen.Double[-1, 0.05], Gen.Double[61, 1e300]).Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        Gen.String[Gen.Char, 0, 1200].Select(text => "\"" + text + "\""));

    private static readonly Gen<string> s_member = Gen.Select(
        Gen.OneOf("reason", "overrideGate", "waitForGateSeconds", "Reason", "changedBy", "expectedEpoch", "$type", ""), s_value, (name, value) => $"\"{name}\":{value}");

    private static readonly Gen<string> s_sound = Gen.OneOf(
        "{}", """{ "reason": "random" }""", """{ "overrideGate": true, "reason": "random" }""", """{ "overrideGate": true, "reason": "random", "waitForGateSeconds": 0.01 }""");

    private static readonly Gen<byte[]?> s_body = Gen.Frequency(
        (6, Gen.Const((byte[]?)null)),
        (6, s_sound.Select(Bytes)),
        (4, s_member.Array[0, 4].Select(members => Bytes("{" + string.Join(',', members) + "}"))),
        (2, Gen.Byte.Array[0, 200].Select(bytes => (byte[]?)bytes)),
        (2, Gen.Select(s_member.Array[0, 3], Gen.Int[0, 60], (members, cut) => (byte[]?)[.. Bytes("{" + string.Join(',', members) + "}")!.Take(cut)])),
        (2, Gen.OneOf("[", "[[[[[[[[[[[[", "\ufeff{}", " ", "null", "\"a\"", "1", "{}{}").Select(Bytes)),
        (1, Gen.Const((byte[]?)new byte[20_000])));

    private static readonly Gen<(string, string)> s_header = Gen.Frequency(
        (4, Gen.Select(Gen.Const("If-Match"), Gen.OneOf("*", "\"1\"", "\"2\"", "\"3\"", "\"4\"", "W/\"2\"", "2"))),
        (4, Gen.Select(Gen.OneOf("If-Match", "If-None-Match", "Origin", "Sec-Fetch-Site", "Content-Encoding", "Accept", "X-HTTP-Method-Override", "Cookie", "Prefer"), s_noise)),
        (1, Gen.Select(Gen.OneOf("Expect", "Transfer-Encoding", "Host", "Connection"), s_noise)));

    private static readonly Gen<(string Method, string Target, byte[]? Body, string? Type, (string, string)[] Headers)> s_request = Gen.Select(
        s_what, s_query, s_body,
        Gen.Frequency<string?>(
            (6, Gen.Const((string?)"application/json")),
            (2, Gen.OneOf<string?>("application/json; charset=utf-8", "text/plain", "application/json; charset=\"", null)),
            (1, s_noise.Select(text => (string?)text))),
        Gen.Frequency((3, Gen.Const(Array.Empty<(string, string)>())), (2, s_header.Array[1, 3])),
        (what, query, body, type, headers) => (what.Method, "/dbmove/" + what.Path + query, body, type, headers));

    [Fact]
    public async Task Random_requests_get_no_answer_that_is_not_documented()
    {
        await using ControlService service = await ControlService.StartAsync(rows: 50);
        using HttpClient client = new(new SocketsHttpHandler { UseCookies = false, RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1 }) { BaseAddress = service.Address, Timeout = TimeSpan.FromSeconds(90) };
        await service.WalkToAsync(Stage.SourceFirst);
        Dictionary<int, int> seen = [];
        List<string> wrong = [];
        List<string> unanswered = [];

        PCG random = new(stream: 1, seed: 20261122);
        for (int number = 0; number < Requests; number++)
        {
            (string Method, string Target, byte[]? Body, string? Type, (string, string)[] Headers) request = s_request.Generate(random, null, out _);
            using HttpRequestMessage message = Make(request);
            int status = 0;
            string? type = null;
            try
            {
                using HttpResponseMessage response = await client.SendAsync(message, TestContext.Current.CancellationToken);
                (status, type) = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType);
                if (status >= 500 && !(status == 503 && (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("control.md#switch-abandoned\"", StringComparison.Ordinal)))
                {
                    wrong.Add($"{status}: {Describe(request)}");
                }

                if (status >= 400 && response.Headers.CacheControl?.NoStore == true && type != "application/problem+json")
                {
                    wrong.Add($"{request.Method} {request.Target}: {status} is no problem but {type}");
                }
            }
            catch (HttpRequestException exception) when (exception.InnerException is IOException or FormatException || exception.HttpRequestError == HttpRequestError.InvalidResponse)
            {
                // The client would not send it, or the server closed the connection after its answer to half a request.
                if (!MayBreak(request))
                {
                    unanswered.Add($"{exception.HttpRequestError}, {exception.InnerException?.Message}: {Describe(request)}");
                }
            }

            seen[status] = seen.GetValueOrDefault(status) + 1;
        }

        Assert.Empty(wrong);
        Assert.True(unanswered.Count <= Requests / 1000, string.Join('\n', unanswered));
        Assert.True(seen.GetValueOrDefault(0) < Requests / 20, "Too many requests were not sent.");

        // It came everywhere, or it would prove little.
        Assert.All((int[])[200, 202, 400, 403, 404, 405, 409, 412, 413, 415], status => Assert.True(seen.ContainsKey(status), $"No {status} among {string.Join(", ", seen)}."));
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("status")).Status);
    }

    /// <summary>Whether the request's own headers are about the connection, or are none: then its end is an answer too.</summary>
    private static bool MayBreak((string Method, string Target, byte[]? Body, string? Type, (string Name, string Value)[] Headers) request) =>
        request.Headers.Any(header => header.Name is "Expect" or "Transfer-Encoding" or "Host" or "Connection");

    private static string Describe((string Method, string Target, byte[]? Body, string? Type, (string Name, string Value)[] Headers) request) =>
        $"{request.Method} {request.Target}, body {(request.Body is null ? "none" : Encoding.UTF8.GetString(request.Body))}, {request.Type}, {string.Join(", ", request.Headers)}";

    private static byte[]? Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static HttpRequestMessage Make((string Method, string Target, byte[]? Body, string? Type, (string Name, string Value)[] Headers) request)
    {
        HttpRequestMessage message = new(new HttpMethod(request.Method), request.Target);
        message.Headers.Add("Authorization", "Bearer " + ControlService.Operator);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.Type);
        }

        foreach ((string name, string value) in request.Headers)
        {
            _ = message.Headers.TryAddWithoutValidation(name, value) || message.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        return message;
    }
}
