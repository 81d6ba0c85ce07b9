using System.Text.RegularExpressions;
using DbMove.Docs.Tests.Documents;

namespace DbMove.Docs.Tests;

/// <summary>The tests that docs/protocol.md names exist, and every local link of the documentation leads somewhere.</summary>
public sealed partial class ProtocolPageTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocol.md"));
        string[] names = [.. TestName().Matches(page).Select(match => match.Groups[1].Value).Distinct()];
        string tests = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.True(names.Length >= 8, $"Only {names.Length} tests are named; the pattern no longer fits the page.");
        Assert.All(names, name => Assert.True(
            tests.Contains($"class {name}", StringComparison.Ordinal) || tests.Contains($" {name}(", StringComparison.Ordinal), $"docs/protocol.md names the test {name}, and there is none."));
    }

    [Fact]
    public void Every_local_link_of_the_documentation_leads_to_a_file()
    {
        string[] pages = [Path.Combine(Repository.Root, "README.md"), Path.Combine(Repository.Root, "CONTRIBUTING.md"), .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)];
        foreach (string page in pages)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                string target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value));
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link.Groups[1].Value}, and there is no such file.");
            }
        }
    }

    /// <summary>A package has no folder docs beside it, and the registry that shows its readme resolves no relative link.</summary>
    [Fact]
    public void The_readme_of_the_packages_has_only_links_that_lead_out_of_a_package()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "src", "PACKAGE.md"));

        Assert.Empty(Link().Matches(page));
        string[] links = [.. Regex.Matches(page, @"\]\((https://github\.com/dbmove/dbmove/blob/main/([^)#]+))").Select(match => match.Groups[2].Value)];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Repository.Root, link)), $"The packages' readme links to {link}, and there is no such file."));
    }

    // A class of tests, or a test: words joined by underscores that begin with a capital.
    [GeneratedRegex(@"`([A-Z][A-Za-z]+Tests|[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){2,})`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)")]
    private static partial Regex Link();
}
