using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using DbMove.AspNetCore.Tests.Setup;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DbMove.AspNetCore.Tests;

/// <summary>docs/control.md says what the control plane does.</summary>
public sealed partial class ControlPageTests
{
    private static readonly string s_root = typeof(ControlPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(each => each.Key == "RepositoryRoot").Value!;

    private static string Page => File.ReadAllText(Path.Combine(s_root, "docs", "control.md"));

    [Fact]
    public void Every_problem_has_a_heading_and_every_heading_a_problem()
    {
        string sources = string.Join('\n', Directory.EnumerateFiles(Path.Combine(s_root, "src", "DbMove.AspNetCore", "Problems"), "*.cs").Select(File.ReadAllText));
        string problems = Page[Page.IndexOf("## Problems", StringComparison.Ordinal)..];

        Assert.Equal(
            ProblemName().Matches(sources).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal),
            ProblemHeading().Matches(problems).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_member_of_every_answer_is_in_an_example()
    {
        await using ControlService service = await ControlService.StartAsync();
        await service.WalkToAsync(Stage.SourceFirst);
        Answer[] answers =
        [
            await service.PostAsync("src_first?dryRun=true"), await service.PostAsync("backfill/start"), await service.PostAsync("full/start"), await service.GetAsync("status"),
            await service.GetAsync("stats"), await service.GetAsync("health"), await service.PostAsync("dst_first"),
        ];
        string page = Page;

        Assert.All(answers.SelectMany(answer => MembersOf(answer.Json)).Distinct(), member => Assert.Contains($"\"{member}\":", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_token_handler_that_the_page_shows_is_this_one_and_works()
    {
        string file = File.ReadAllText(Path.Combine(s_root, "tests", "DbMove.AspNetCore.Tests", "Setup", "OperatorTokenHandler.cs"));
        Assert.Contains(file[file.IndexOf("internal sealed", StringComparison.Ordinal)..].Trim(), Page, StringComparison.Ordinal);
        string token = new('t', 32);
        await using ControlService service = await ControlService.StartAsync(
            app => app.MapDbMove("/dbmove").RequireAuthorization("token"),
            configure: builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("OperatorToken", token)]);
                builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OperatorTokenHandler>("operator token", null);
                builder.Services.AddAuthorizationBuilder().AddPolicy("token", policy => policy.AddAuthenticationSchemes("operator token").RequireAuthenticatedUser());
            });

        (await service.PostAsync("src_only", user: null)).Is(HttpStatusCode.Unauthorized);
        (await service.PostAsync("src_only", user: token + "t")).Is(HttpStatusCode.Unauthorized);
        (await service.PostAsync("src_only", user: token)).Is(HttpStatusCode.OK);
        Assert.Equal(["operator"], service.Files.Rows(Side.Source, "SELECT changed_by FROM dbmove_audit"));
    }

    private static IEnumerable<string> MembersOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => MembersOf(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(MembersOf),
        _ => [],
    };

    [GeneratedRegex("""(?:new\(|Unavailable\()\s*"([a-z]+(?:-[a-z]+)+|unavailable)",""")]
    private static partial Regex ProblemName();

    [GeneratedRegex("^### (.+)$", RegexOptions.Multiline)]
    private static partial Regex ProblemHeading();
}
