using System.Net;
using DbMove.AspNetCore.Tests.Setup;

namespace DbMove.AspNetCore.Tests.Security;

/// <summary>A page of another origin cannot switch with an operator's cookies.</summary>
public sealed class CrossOriginTests
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "http://127.0.0.1", false)]
    [InlineData("Origin", "http://127.0.0.1:1", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "{self}", true)]
    public async Task A_browsers_request_from_elsewhere_is_refused(string header, string value, bool isLetThrough)
    {
        await using ControlService service = await ControlService.StartAsync();
        (string, string) sent = (header, value.Replace("{self}", service.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));

        foreach (string verb in (string[])["src_only", "incr/stop"])
        {
            Answer answer = await service.PostAsync(verb, null, ControlService.Operator, sent);
            if (isLetThrough)
            {
                answer.Is(HttpStatusCode.OK);
            }
            else
            {
                Assert.Equal("cross-origin", answer.Problem(HttpStatusCode.Forbidden));
            }
        }

        Assert.Equal(isLetThrough ? Stage.SourceOnly : Stage.Initial, service.Migration.Stage);
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Get, "/dbmove/status", ControlService.Operator, null, null, sent)).Status);
    }

    [Fact]
    public async Task What_the_browser_says_of_the_site_goes_before_the_origin()
    {
        await using ControlService service = await ControlService.StartAsync();
        (await service.PostAsync("src_only", null, ControlService.Operator, ("Sec-Fetch-Site", "same-origin"), ("Origin", "https://proxy.example"))).Is(HttpStatusCode.OK);
    }
}
