using System.Net;
using System.Text.Json;
using DbMove.AspNetCore.Tests.Setup;

namespace DbMove.AspNetCore.Tests.Endpoints;

/// <summary>A migration from its first stage to its last by HTTP alone.</summary>
public sealed class WholeMigrationTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("")]
    [InlineData("items/")]
    public async Task Every_stage_is_driven_by_http_and_both_sides_are_equal_at_the_end(string prefix)
    {
        await using ControlService service = await ControlService.StartAsync(rows: 500);
        Assert.Equal("initial", (await service.GetAsync(prefix + "status")).Is(HttpStatusCode.OK).Of("stage"));

        await SwitchAsync(service, prefix + "src_only", "initial", "src_only", 1);
        await SwitchAsync(service, prefix + "src_first", "src_only", "src_first", 2);
        (await service.PostAsync(prefix + "incr/start")).Is(HttpStatusCode.OK);
        (await service.PostAsync(prefix + "backfill/start")).Is(HttpStatusCode.Accepted);
        await UntilAsync(service, prefix + "status", status => status.GetProperty("backfill").GetProperty("state").GetString() == "completed");
        (await service.PostAsync(prefix + "full/start")).Is(HttpStatusCode.Accepted);
        await UntilAsync(service, prefix + "status", status => status.GetProperty("validation").GetProperty("lastPass") is { ValueKind: JsonValueKind.Object } pass && pass.GetProperty("state").GetString() == "clean");
        await UntilAsync(service, prefix + "status", status => status.GetProperty("nextGate").GetProperty("isOpen").GetBoolean());
        await SwitchAsync(service, prefix + "dst_first", "src_first", "dst_first", 3);
        await SwitchAsync(service, prefix + "dst_only", "dst_first", "dst_only", 4);
        await SwitchAsync(service, prefix + "complete", "dst_only", "completed", 5);

        Answer status = await service.GetAsync(prefix + "status");
        Assert.Equal(("completed", "target", JsonValueKind.Null), (status.Of("stage"), status.Of("authority"), status["nextGate"].ValueKind));
        Assert.Equal(service.Files.Rows(Side.Source, "SELECT * FROM item ORDER BY id"), service.Files.Rows(Side.Target, "SELECT * FROM item ORDER BY id"));
        Assert.Equal(500, service.Files.Rows(Side.Target, "SELECT * FROM item").Count);
        Assert.All(service.Files.Rows(Side.Target, "SELECT changed_by, overridden FROM dbmove_audit"), row => Assert.Equal("olga|0", row));
    }

    private static async Task SwitchAsync(ControlService service, string path, string from, string to, long epoch)
    {
        Answer answer = (await service.PostAsync(path, """{ "reason": "the test", "waitForGateSeconds": 30 }""")).Is(HttpStatusCode.OK);
        Assert.Equal((from, to, to, epoch), (answer.Of("from"), answer.Of("to"), answer.Of("stage"), answer["epoch"].GetInt64()));
        Assert.True(answer["changed"].GetBoolean());
        Assert.Equal($"\"{epoch}\"", answer.ETag);
    }

    private static async Task UntilAsync(ControlService service, string path, Func<JsonElement, bool> condition)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        while (!condition((await service.GetAsync(path)).Is(HttpStatusCode.OK).Json))
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
