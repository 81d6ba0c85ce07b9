using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace DbMove.Quickstart.Tests;

/// <summary>A whole run over HTTP with events over NATS; its figures are recomputed from what it left.</summary>
public sealed partial class ServedRunTests : IDisposable
{
    private const string Login = "authorization { user: shop, password: geheim }";
    private readonly string _folder = Directory.CreateTempSubdirectory("dbmove-quickstart-tests-").FullName;

    [Fact]
    public async Task A_served_run_is_driven_by_the_token_alone_and_its_figures_are_true()
    {
        await using NatsServerProcess nats = await NatsServerProcess.CreateAsync(Login);
        await using QuickstartProcess run = new(
            "--rows", "2000", "--serve", "--stay", "--keep", "--source", "sqlite:" + Database("source"), "--target", "sqlite:" + Database("target"),
            "--nats", nats.Url.Replace("nats://", "nats://shop:geheim@", StringComparison.Ordinal));

        string curl = await run.LineAsync("curl ");
        Dictionary<string, string> figures = Figures(Assert.Single(run.Output, line => line.StartsWith("quickstart: ", StringComparison.Ordinal)));
        Assert.Equal(("0", "0", "75", "75", "7"), (figures["lost"], figures["differences"], figures["found"], figures["fixed"], figures["switches"]));
        Assert.Equal(figures["rows"], Count("target", "SELECT (SELECT COUNT(*) FROM customers) + (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM order_lines)"));
        Assert.Equal(figures["writes"], Acknowledged(run).ToString(CultureInfo.InvariantCulture));

        // Whoever switched had the token: the audit has the name that goes with it.
        const string Switches = "SELECT COUNT(*) FROM dbmove_audit WHERE changed_by = 'quickstart' AND reason = 'quickstart' AND overridden = 0";
        Assert.Equal(7, int.Parse(Count("source", Switches), CultureInfo.InvariantCulture) + int.Parse(Count("target", Switches), CultureInfo.InvariantCulture));

        await AssertGuardedAsync(curl);
        JsonElement stream = Assert.Single((await StreamsAsync(nats)).EnumerateArray());
        Assert.StartsWith("quickstart-", stream.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.True(stream.GetProperty("state").GetProperty("last_seq").GetInt64() > 0, "no event went through NATS");

        run.Stop();
        Assert.Equal(0, await run.EndAsync());
        Assert.Empty(run.Errors);
        Assert.Empty((await StreamsAsync(nats)).EnumerateArray());
        AssertNoSecrets(run, curl);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("unreachable")]
    public async Task A_server_that_cannot_be_used_is_one_sentence_and_changes_nothing(string what)
    {
        await using NatsServerProcess nats = await NatsServerProcess.CreateAsync(Login);
        if (what == "unreachable")
        {
            await nats.StopAsync();
        }

        await using QuickstartProcess run = new(
            "--source", "sqlite:" + Database("source"), "--target", "sqlite:" + Database("target"),
            "--nats", nats.Url.Replace("nats://", "nats://shop:geheimnis@", StringComparison.Ordinal));

        Assert.Equal(2, await run.EndAsync());
        string sentence = Assert.Single(run.Errors);
        Assert.StartsWith("quickstart: --nats cannot be used: ", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", sentence, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("--stay", "--stay")]
    [InlineData("--rows", "--rows", "many")]
    [InlineData("--rows", "--rows")]
    [InlineData("--nats", "--nats", "geheim.example.com:4222")]
    [InlineData("--pasword", "--pasword=geheim")]
    public async Task A_bad_argument_is_named_without_its_value(string named, params string[] arguments)
    {
        await using QuickstartProcess run = new(arguments);

        Assert.Equal(2, await run.EndAsync());
        string sentence = Assert.Single(run.Errors);
        Assert.Contains(named, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", sentence, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What is printed for curl works, and nothing works without the token.</summary>
    private static async Task AssertGuardedAsync(string curl)
    {
        Match call = Curl().Match(curl);
        Assert.True(call.Success, "the line for curl has another form");
        Uri status = new(call.Groups["url"].Value);
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(status.Host)));
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            using HttpRequestMessage request = new(method, method == HttpMethod.Get ? status : new Uri(status, "dst_only"));
            using HttpResponseMessage refused = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", call.Groups["token"].Value);
        using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync(status, TestContext.Current.CancellationToken));
        Assert.Equal("completed", answer.RootElement.GetProperty("stage").GetString());
    }

    private void AssertNoSecrets(QuickstartProcess run, string curl)
    {
        string token = Curl().Match(curl).Groups["token"].Value;
        Assert.Equal(1, run.Output.Count(line => line.Contains(token, StringComparison.Ordinal)));
        Assert.DoesNotContain(run.Output, line => line.Contains("geheim", StringComparison.Ordinal));
        string kept = Path.GetDirectoryName(PathIn(run, "ledger: "))!;
        foreach (string file in Directory.EnumerateFiles(kept).Concat(Directory.EnumerateFiles(_folder)))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotContain(token, text, StringComparison.Ordinal);
            Assert.DoesNotContain("geheim", text, StringComparison.Ordinal);
        }

        Directory.Delete(kept, recursive: true);
    }

    /// <summary>Acknowledged writes by the ledger.</summary>
    private static int Acknowledged(QuickstartProcess run)
    {
        HashSet<long> done = [];
        foreach (string line in File.ReadLines(PathIn(run, "ledger: ")))
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            if (entry.RootElement.GetProperty("phase").GetString() == "done")
            {
                done.Add(entry.RootElement.GetProperty("write").GetInt64());
            }
        }

        return done.Count;
    }

    private static string PathIn(QuickstartProcess run, string name) => run.Output.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];

    private static async Task<JsonElement> StreamsAsync(NatsServerProcess nats)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync(
            new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{nats.MonitorPort}/jsz?streams=true")), TestContext.Current.CancellationToken));
        return answer.RootElement.GetProperty("account_details")[0].TryGetProperty("stream_detail", out JsonElement streams) ? streams.Clone() : JsonDocument.Parse("[]").RootElement;
    }

    private static Dictionary<string, string> Figures(string line) =>
        line["quickstart: ".Length..].Split(' ').Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1]);

    private string Database(string name) => Path.Combine(_folder, name + ".db");

    private string Count(string name, string sql)
    {
        using SqliteConnection connection = new($"Data Source={Database(name)};Mode=ReadOnly");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }

    [GeneratedRegex("^curl -H 'Authorization: Bearer (?<token>[0-9a-f]{64})' (?<url>http://\\S+/status)$")]
    private static partial Regex Curl();
}
