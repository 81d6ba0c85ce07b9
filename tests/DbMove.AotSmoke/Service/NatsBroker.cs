using System.Globalization;
using System.Text.Json.Nodes;

namespace DbMove.AotSmoke.Service;

/// <summary>The NATS server, as its monitoring page shows it.</summary>
internal sealed record NatsBroker(string Url, int MonitorPort)
{
    /// <summary>Messages that were ever published to a stream.</summary>
    public async Task<long> CountMessagesAsync()
    {
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
        string page = await http.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{MonitorPort}/jsz?accounts=1&streams=1")));
        return JsonNode.Parse(page)!["account_details"]!.AsArray()
            .SelectMany(account => account!["stream_detail"]!.AsArray())
            .Sum(stream => (long)stream!["state"]!["last_seq"]!);
    }
}
