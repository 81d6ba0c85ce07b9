using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using DbMove.AotSmoke.Databases;
using DbMove.AotSmoke.Service;
using DbMove.AotSmoke.Traffic;

namespace DbMove.AotSmoke.Journey;

/// <summary>One native service through a whole migration, under traffic, by HTTP alone.</summary>
internal sealed class SmokeJourney(string name, string executable, SmokeDatabase source, SmokeDatabase target, NatsBroker? nats)
{
    private const int WritesPerStage = 100;

    public async Task RunAsync(string folder)
    {
        long began = Stopwatch.GetTimestamp();
        string token = Convert.ToHexString(Guid.NewGuid().ToByteArray());
        Dictionary<string, string> configuration = new()
        {
            ["Move__OperatorToken"] = token,
            ["Move__PollInterval"] = "00:00:00.200",
            ["Databases__Source"] = source.Configured,
            ["Databases__Target"] = target.Configured,
            ["Databases__CreateTables"] = "true",
        };
        if (nats is not null)
        {
            configuration["Move__Nats"] = nats.Url;
        }

        await using ServiceProcess service = await ServiceProcess.StartAsync(executable, folder, configuration);
        double? residentAtStart = service.ResidentMegabytes;
        using ShopClient shop = new(service.Address);
        using ControlClient control = new(service.Address, token);
        Ledger ledger = new();
        try
        {
            int rows = await MigrateAsync(service, shop, control, ledger);
            double? residentAtEnd = service.ResidentMegabytes;
            await service.StopAsync();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {rows} rows and {ledger.Writes} acknowledged writes, none lost, completed in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; first response {service.FirstResponse.TotalMilliseconds:0} ms, resident {residentAtStart:0.0} MB after start, {residentAtEnd:0.0} MB after the migration"));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"{name}: what the service said:{Environment.NewLine}{service.Log}");
            throw;
        }
    }

    private async Task<int> MigrateAsync(ServiceProcess service, ShopClient shop, ControlClient control, Ledger ledger)
    {
        await RequireClosedAsync(service, shop, control);
        SeededShop seeded = new(source, target);
        await seeded.CreateAsync();
        ShopTraffic traffic = new(shop, ledger);
        traffic.Start();
        await traffic.PassAsync(WritesPerStage);

        await control.SwitchAsync("src_only", "src_only", traffic.Running);
        await traffic.PassAsync(WritesPerStage);
        await control.SwitchAsync("src_first", "src_first", traffic.Running);
        await traffic.PassAsync(WritesPerStage);
        await traffic.WithoutWritesAsync(() => SideComparison.CompareCustomersAsync(source, shop));
        JsonNode backfill = await control.BackfillAsync(traffic.Running);
        SmokeException.Require((long)backfill["rowsRead"]! >= 2 * SeededShop.Orders, $"the backfill has read too little: {backfill}");
        await control.ValidateUntilCleanAsync(traffic.Running);

        await seeded.DamageAsync();
        JsonNode pass = await control.ValidateAsync(traffic.Running);
        SmokeException.Require((string?)pass["state"] == "differences" && (long)pass["differences"]! == SeededShop.Damaged, $"{SeededShop.Damaged} rows are damaged, and the validation says {pass}");
        await control.WaitForEventsAsync(traffic.Running);
        long left = await seeded.CountDamagedAsync();
        SmokeException.Require(left == 0, $"{left} damaged rows were not repaired");
        if (nats is not null)
        {
            SmokeException.Require(await nats.CountMessagesAsync() > 0, "the findings did not go by NATS");
        }

        await control.ValidateUntilCleanAsync(traffic.Running);

        await MoveAsync(control, traffic, "dst_first");
        await control.ValidateUntilCleanAsync(traffic.Running);
        await MoveAsync(control, traffic, "src_first");
        await control.ValidateUntilCleanAsync(traffic.Running);
        await MoveAsync(control, traffic, "dst_first");
        await control.ValidateUntilCleanAsync(traffic.Running);
        await traffic.WithoutWritesAsync(async () =>
        {
            await control.WaitForIntentsAsync(traffic.Running);
            await SideComparison.CompareAsync(source, target, ledger);
            await SideComparison.CompareCustomersAsync(target, shop);
        });

        await control.SwitchAsync("dst_only", "dst_only", traffic.Running);
        await traffic.PassAsync(WritesPerStage);
        await RequireFiguresAsync(shop);
        await control.SwitchAsync("complete", "completed", traffic.Running);
        await traffic.PassAsync(WritesPerStage);
        await traffic.StopAsync();
        return await SideComparison.CheckAsync(target, ledger);
    }

    private static async Task MoveAsync(ControlClient control, ShopTraffic traffic, string stage)
    {
        await control.SwitchAsync(stage, stage, traffic.Running);
        await traffic.PassAsync(WritesPerStage);
    }

    /// <summary>Without the token nothing is shown and nothing is done, and a bad request is answered as such.</summary>
    private static async Task RequireClosedAsync(ServiceProcess service, ShopClient shop, ControlClient control)
    {
        foreach (string? wrong in new[] { null, "no operator's token" })
        {
            using ControlClient stranger = new(service.Address, wrong);
            Require("status without the token", (await stranger.GetAsync("status")).Status, HttpStatusCode.Unauthorized);
            Require("src_only without the token", (await stranger.PostAsync("src_only")).Status, HttpStatusCode.Unauthorized);
        }

        SmokeException.Require((string?)(await control.StatusAsync())["stage"] == "initial", "a stranger has moved the stage");
        (HttpStatusCode status, string text) = await shop.PostAsync("/orders", new { customer = "", lines = new[] { new { sku = "A", quantity = 0, unitPrice = 0.001m } } });
        SmokeException.Require(status == HttpStatusCode.BadRequest && text.Contains("Lines[0].Quantity", StringComparison.Ordinal), $"a bad order was answered with {(int)status}: {text}");
        Require("/health/live", (await shop.GetAsync("/health/live")).Status, HttpStatusCode.OK);
        Require("/health/ready", (await shop.GetAsync("/health/ready")).Status, HttpStatusCode.OK);
        Require("an order that is not there", (await shop.GetAsync("/orders/123456")).Status, HttpStatusCode.NotFound);
    }

    private static async Task RequireFiguresAsync(ShopClient shop)
    {
        (HttpStatusCode status, string metrics) = await shop.GetAsync("/metrics");
        Require("/metrics", status, HttpStatusCode.OK);
        foreach (string figure in new[] { "dbmove_writes", "dbmove_backfill_rows", "dbmove_validation_rows", "dbmove_repair_keys", "dbmove_stage", "http_server_request_duration" })
        {
            SmokeException.Require(metrics.Contains(figure, StringComparison.Ordinal), $"/metrics has no {figure}");
        }

        Require("/health/ready", (await shop.GetAsync("/health/ready")).Status, HttpStatusCode.OK);
    }

    private static void Require(string what, HttpStatusCode status, HttpStatusCode expected) =>
        SmokeException.Require(status == expected, $"{what} was answered with {(int)status}, not {(int)expected}");
}
