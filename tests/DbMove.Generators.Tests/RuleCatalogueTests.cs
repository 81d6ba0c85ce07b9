using System.Reflection;
using System.Text.RegularExpressions;
using DbMove.Analyzers.Methods;
using DbMove.CodeFixes.Declaration;
using DbMove.Generators.Tests.Harness;
using DbMove.Generators.Tests.Methods;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Generators.Tests;

/// <summary>No rule is forgotten anywhere: each has a page, a row of the index and of the release, tests, and a test of its fix.</summary>
public sealed partial class RuleCatalogueTests
{
    private static readonly Type[] s_harnesses = [typeof(RuleTests), typeof(AdviceTests), typeof(UsageRuleTests), typeof(MethodRuleTests)];

    public static TheoryData<string> Analyzers => [.. AnalyzerRun.All.Select(analyzer => analyzer.GetType().Name)];

    public static TheoryData<string> Fixers => [.. AllFixers.Select(type => type.Name)];

    private static IEnumerable<DiagnosticDescriptor> Rules => AnalyzerRun.All.SelectMany(analyzer => analyzer.SupportedDiagnostics);

    private static IEnumerable<Type> AllFixers => typeof(MakePartialCodeFixer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract);

    [Fact]
    public void There_are_at_least_25_rules_each_of_an_analyzer_of_its_own_but_for_sql_methods()
    {
        Assert.True(Rules.Count() >= 25, $"{Rules.Count()} rules");
        Assert.All(AnalyzerRun.All.Where(analyzer => analyzer is not SqlMethodAnalyzer), analyzer => Assert.Single(analyzer.SupportedDiagnostics));
        Assert.Distinct(Rules.Select(rule => rule.Id));
        Assert.All(Rules, rule => Assert.Equal(
            rule.Id[3] switch { '1' => "DbMove.Declaration", '2' => "DbMove.Usage", '3' => "DbMove.Configuration", _ => "no category" }, rule.Category));
    }

    [Fact]
    public void The_index_has_every_rule_with_its_severity_and_whether_it_has_a_fix()
    {
        HashSet<string> fixable = [.. AllFixers.SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds)];

        Assert.Equal(
            Rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)
                .Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity.ToString().ToLowerInvariant()} | {(fixable.Contains(rule.Id) ? "yes" : "")} |".Replace("|  |", "| |", StringComparison.Ordinal)),
            File.ReadLines(Path.Combine(Folders.Diagnostics, "README.md")).Where(line => line.StartsWith("| [DBM", StringComparison.Ordinal)));
        Assert.Subset(Rules.Select(rule => rule.Id).ToHashSet(), fixable);
    }

    [Fact]
    public void The_release_notes_have_every_rule_in_order()
    {
        string[][] releases =
        [
            .. Directory.GetFiles(Folders.Analyzers, "AnalyzerReleases.*.md")
                .Select(file => File.ReadLines(file).Select(line => Release().Match(line)).Where(match => match.Success).Select(match => match.Value).ToArray()),
        ];

        Assert.Equal(
            Rules.Select(rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity}").Order(StringComparer.Ordinal),
            releases.SelectMany(rows => rows).Order(StringComparer.Ordinal));
        Assert.All(releases, rows => Assert.Equal(rows.Order(StringComparer.Ordinal), rows));
    }

    [Theory]
    [MemberData(nameof(Analyzers))]
    public void A_rule_has_a_positive_a_negative_and_a_suppression_test(string analyzer)
    {
        Type? tests = typeof(RuleCatalogueTests).Assembly.GetTypes().SingleOrDefault(type => type.Name == analyzer + "Tests");
        Assert.NotNull(tests);
        if (s_harnesses.Contains(tests.BaseType))
        {
            // The harness has a test of each kind; the class has the sources.
            return;
        }

        string[] names = [.. tests.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => method.IsDefined(typeof(FactAttribute), inherit: true)).Select(method => method.Name)];
        Assert.Contains(names, name => Positive().IsMatch(name));
        Assert.Contains(names, name => Negative().IsMatch(name));
        Assert.Contains("A_pragma_suppresses_the_rule", names);
    }

    [Fact]
    public void A_rule_on_sql_methods_has_sources_of_its_own() =>
        Assert.Equal(
            new SqlMethodAnalyzer().SupportedDiagnostics.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            typeof(RuleCatalogueTests).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MethodRuleTests)))
                .Select(type => ((MethodRuleTests)Activator.CreateInstance(type)!).Id).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Fixers))]
    public void A_fix_is_applied_in_a_test(string fixer) =>
        Assert.Contains(
            Directory.EnumerateFiles(Folders.Project, "*Tests.cs", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains($"new {fixer}()", StringComparison.Ordinal));

    [GeneratedRegex(@"^DBM\d{4} \| DbMove\.\w+ \| \w+")]
    private static partial Regex Release();

    [GeneratedRegex("is_reported|is_the_error")]
    private static partial Regex Positive();

    [GeneratedRegex("is_not|does_not|is_silent")]
    private static partial Regex Negative();
}
