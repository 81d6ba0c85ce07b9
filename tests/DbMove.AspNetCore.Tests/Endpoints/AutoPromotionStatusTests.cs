using System.Net;
using System.Text.Json;
using DbMove.AspNetCore.Tests.Setup;

namespace DbMove.AspNetCore.Tests.Endpoints;

/// <summary>The status says when the next auto-promotion is due, or why it is not.</summary>
public sealed class AutoPromotionStatusTests
{
    [Fact]
    public async Task The_status_tells_what_the_next_auto_promotion_waits_for()
    {
        await using ControlService service = await ControlService.StartAsync(options: options => options.AutoPromotion.To(Stage.SourceFirst, TimeSpan.FromHours(1)));
        Assert.Equal(JsonValueKind.Null, (await service.GetAsync("status")).Is(HttpStatusCode.OK)["autoPromotion"].ValueKind);

        await service.WalkToAsync(Stage.SourceOnly);

        JsonElement promotion = (await service.GetAsync("status")).Is(HttpStatusCode.OK)["autoPromotion"];
        Assert.Equal(("src_first", 3600), (promotion.GetProperty("to").GetString(), promotion.GetProperty("openForSeconds").GetDouble()));
        Assert.Contains(promotion.GetProperty("state").GetString(), (string[])["waiting", "counting"]);
        Assert.Equal(JsonValueKind.String, promotion.GetProperty("detail").ValueKind);
    }
}
