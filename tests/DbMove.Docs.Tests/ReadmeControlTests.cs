using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DbMove.Docs.Tests.Documents;
using DbMove.Tests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Shop;

namespace DbMove.Docs.Tests;

/// <summary>What the README shows of control over HTTP and events over NATS does what it says.</summary>
public sealed class ReadmeControlTests(NatsServer nats)
{
    private const string Token = "the operators' token";

    [Fact]
    public async Task The_readme_is_driven_by_curl_and_repairs_over_nats()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        string folder = Directory.CreateTempSubdirectory("dbmove-readme-").FullName;
        (string oldFile, string newFile) = (Path.Combine(folder, "old.db"), Path.Combine(folder, "new.db"));
        try
        {
            await AskAsync(oldFile, "CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer_name TEXT NOT NULL, total DECIMAL(10, 2) NOT NULL)");
            await AskAsync(oldFile, "INSERT INTO orders (customer_name, total) VALUES ('Grace', 7.25), ('Edsger', 1)");
            await AskAsync(newFile, "CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL, total DECIMAL(10, 2) NOT NULL)");
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddInMemoryCollection([new("Nats", nats.Url), new("Token", Token)]);
            await using WebApplication app = ShopWebService.Build(builder, oldFile, newFile);
            await app.StartAsync(cancel);
            string address = app.Urls.Single();
            using HttpClient client = new() { BaseAddress = new Uri(address) };

            Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("dbmove/src_only", null, cancel)).StatusCode);
            string printed = await DriveAsync(address, cancel);
            Assert.Contains("\"stage\":\"src_first\"", printed, StringComparison.Ordinal);

            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            await WaitAsync(client, status => status.GetProperty("backfill").GetProperty("state").GetString() == "completed", cancel);
            await AskAsync(newFile, "DELETE FROM orders WHERE id = 2");
            (await client.PostAsync("dbmove/full/start", null, cancel)).EnsureSuccessStatusCode();
            await WaitAsync(
                client,
                status => status.GetProperty("validation").GetProperty("lastPass") is { ValueKind: JsonValueKind.Object } pass && pass.GetProperty("state").GetString() == "differences"
                    && status.GetProperty("events").GetProperty("open").GetInt64() == 0,
                cancel);

            Assert.Equal("1 Grace 7.25, 2 Edsger 1", await AskAsync(newFile, "SELECT group_concat(id || ' ' || customer || ' ' || total, ', ') FROM orders"));
            Assert.Equal(1, await CountMessagesAsync(cancel));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("healthz", cancel)).StatusCode);
            await app.StopAsync(cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the README's script as it stands, with bash and curl.</summary>
    private static async Task<string> DriveAsync(string address, CancellationToken cancel)
    {
        ProcessStartInfo start = new("bash", [Path.Combine(Repository.Shop, "drive.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["SHOP"], start.Environment["TOKEN"]) = (address, Token);
        using Process script = Process.Start(start)!;
        Task<string> errors = script.StandardError.ReadToEndAsync(cancel);
        string printed = await script.StandardOutput.ReadToEndAsync(cancel);
        await script.WaitForExitAsync(cancel);
        Assert.True(script.ExitCode == 0, $"{printed}{await errors}");
        return printed;
    }

    private static async Task WaitAsync(HttpClient client, Func<JsonElement, bool> isSo, CancellationToken cancel)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            string status = await client.GetStringAsync("dbmove/status", cancel);
            using JsonDocument document = JsonDocument.Parse(status);
            if (isSo(document.RootElement))
            {
                return;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), status);
            await Task.Delay(20, cancel);
        }
    }

    /// <summary>How many messages the server's one stream has taken since it was made.</summary>
    private async Task<long> CountMessagesAsync(CancellationToken cancel)
    {
        using HttpClient monitor = new();
        using JsonDocument jetStream = JsonDocument.Parse(await monitor.GetStringAsync($"http://127.0.0.1:{nats.Process.MonitorPort}/jsz?streams=true", cancel));
        return jetStream.RootElement.GetProperty("account_details")[0].GetProperty("stream_detail")[0].GetProperty("state").GetProperty("last_seq").GetInt64();
    }

    private static async Task<string?> AskAsync(string file, string sql)
    {
        await using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
