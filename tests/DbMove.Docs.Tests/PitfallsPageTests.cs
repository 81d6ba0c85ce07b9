using System.Text.RegularExpressions;
using DbMove.Docs.Tests.Documents;

namespace DbMove.Docs.Tests;

/// <summary>docs/pitfalls.md has every pitfall, and for each the tests that force it.</summary>
public sealed partial class PitfallsPageTests
{
    /// <summary>Those that have no test, and why; nothing else may go without.</summary>
    private static readonly Dictionary<string, string> s_without = new()
    {
        ["P50"] = "none: comes with the MySQL dialect",
    };

    private static string[] Numbers { get; } = [.. Enumerable.Range(1, 50).Select(number => $"P{number:00}")];

    [Fact]
    public void Every_pitfall_is_on_the_page_once_with_its_tests_or_the_reason_why_there_is_none()
    {
        (string Number, string Tests)[] rows = [.. Rows()];

        Assert.Equal(Numbers, rows.Select(row => row.Number));
        Assert.All(rows, row =>
        {
            if (s_without.TryGetValue(row.Number, out string? reason))
            {
                Assert.Equal(reason, row.Tests);
            }
            else
            {
                Assert.NotEmpty(Names(row.Tests));
                Assert.All(Names(row.Tests), name => Assert.Contains(row.Number, name.Split('_')));
            }
        });
    }

    [Fact]
    public void Every_test_that_is_named_exists_and_the_first_of_each_says_how_the_naive_way_fails()
    {
        Dictionary<string, string> tests = Tests();

        foreach ((string number, string cell) in Rows())
        {
            string[] names = Names(cell);
            Assert.All(names, name => Assert.True(tests.ContainsKey(name), $"docs/pitfalls.md names the test {name}, and there is none."));
            Assert.True(names.Length == 0 || tests[names[0]].Contains("naive way", StringComparison.Ordinal), $"{number}: the comment on {(names.Length == 0 ? string.Empty : names[0])} does not say how the naive way fails.");
        }
    }

    [Fact]
    public void No_pitfall_that_has_tests_is_excused_and_no_test_has_a_number_that_there_is_not()
    {
        string[] tested = [.. Tests().Keys.SelectMany(name => name.Split('_').TakeWhile(word => Number().IsMatch(word))).Distinct()];

        Assert.Empty(tested.Except(Numbers));
        Assert.Empty(tested.Intersect(s_without.Keys));
        Assert.Equal(Numbers.Except(s_without.Keys), tested.Order());
    }

    private static IEnumerable<(string Number, string Tests)> Rows() =>
        Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "pitfalls.md"))).Select(row => (row.Groups[1].Value, row.Groups[2].Value));

    private static string[] Names(string cell) => [.. Name().Matches(cell).Select(name => name.Groups[1].Value)];

    /// <summary>The test methods that bear a number, with what stands before them.</summary>
    private static Dictionary<string, string> Tests()
    {
        Dictionary<string, string> tests = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match method in Method().Matches(File.ReadAllText(file)))
            {
                tests[method.Groups[2].Value] = method.Groups[1].Value;
            }
        }

        return tests;
    }

    [GeneratedRegex(@"^\| (P\d\d) \| [^|]+ \| (.+?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(P[^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^P\d\d$")]
    private static partial Regex Number();

    [GeneratedRegex(@"((?:^[ ]*(?:///|\[).*\n)+)[ ]*public (?:async Task|Task|void) (P\d\d_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();
}
