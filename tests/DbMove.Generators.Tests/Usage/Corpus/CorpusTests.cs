using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>What the rules find of thousands of unsafe writes, and that they say nothing of other code.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const double LeastRecall = 0.95;

    [Fact]
    public async Task Nearly_every_unsafe_write_is_found_and_the_documentation_says_how_many()
    {
        CorpusMethod[] cases = [.. UnsafeWrites.All.SelectMany(form => form.Writes)];
        Assert.True(cases.Length >= 2_000, $"There are {cases.Length} writes only.");
        ImmutableArray<Diagnostic> diagnostics = await AnalyzerRun.CompileAsync(CorpusCompilation.Create(cases));
        ILookup<int, string> found = diagnostics.ToLookup(CorpusCompilation.NumberOf, diagnostic => diagnostic.Id);

        StringBuilder table = new("| form | rule | writes | found | recall |\n|---|---|---:|---:|---:|\n");
        List<string> wrong = [];
        int number = 0;
        int all = 0;
        foreach (UnsafeForm form in UnsafeWrites.All)
        {
            int hits = 0;
            foreach (CorpusMethod write in form.Writes)
            {
                bool isExpected = !TextShapes.NotFollowed.Any(shape => shape.Name == write.Shape);
                string[] rules = [.. found[number++].Distinct()];
                hits += rules.Length > 0 ? 1 : 0;
                if (rules.Any(rule => rule != form.Rule) || (rules.Length > 0) != isExpected)
                {
                    wrong.Add($"{form.Name}: [{string.Join(", ", rules)}] on {write}");
                }
            }

            all += hits;
            AddRow(table, form.Name, $"[{form.Rule}]({form.Rule}.md)", form.Writes.Count, hits);
            Assert.True(hits >= form.Writes.Count * LeastRecall, $"{form.Name}: {hits} of {form.Writes.Count}.\n{string.Join('\n', wrong)}");
        }

        AddRow(table, "all", "", cases.Length, all);
        output.WriteLine(table.ToString());
        Assert.Empty(wrong);
        Document(table.ToString());
    }

    /// <summary>Made for what the rules may take for a write. Code that was not made for them is in <see cref="RepositorySourcesTests"/>.</summary>
    [Fact]
    public async Task Nothing_is_reported_on_code_that_writes_other_tables()
    {
        Compilation compilation = CorpusCompilation.Create(HarmlessCode.Cases, HarmlessCode.Files(12));
        int lines = compilation.SyntaxTrees.Sum(tree => tree.GetText(TestContext.Current.CancellationToken).Lines.Count);
        output.WriteLine($"{HarmlessCode.Cases.Count} cases, {HarmlessShapes.All.Count} shapes, {lines} lines");

        Assert.True(lines >= 30_000, $"There are {lines} lines only.");
        Assert.Empty(await AnalyzerRun.CompileAsync(compilation));
    }

    /// <summary>The figure on the page that the made corpus cannot give. No fresh sample either: the rules were corrected by these writes.</summary>
    [Fact]
    public async Task What_people_write_is_found_but_for_what_the_documentation_lists()
    {
        ILookup<int, Diagnostic> found = (await AnalyzerRun.CompileAsync(CorpusCompilation.Create([.. HeldOut.All.Select(held => held.Write)]))).ToLookup(CorpusCompilation.NumberOf);
        string page = File.ReadAllText(Path.Combine(Folders.Diagnostics, "recall.md"));

        Assert.Empty(HeldOut.All.Where((held, number) => held.IsFound != found[number].Any()).Select(held => held.Name));
        Assert.Contains($"Of {HeldOut.All.Count} writes that a reviewer wrote to get past the rules they find {HeldOut.All.Count(held => held.IsFound)}", page, StringComparison.Ordinal);
        Assert.All(HeldOut.All.Where(held => !held.IsFound), held => Assert.Contains($"- {held.Name}\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_written_code_makes_no_rule_fail()
    {
        IEnumerable<CorpusMethod> cut = UnsafeWrites.All
            .SelectMany(form => form.Writes.Where((_, index) => index % 23 == 0))
            .Select((write, index) => write with { Body = write.Body[..(write.Body.Length * (7 + (index % 13)) / 21)] });
        CorpusMethod[] broken = [.. cut, new("sqlite.CreateCommand().CommandText = input switch { };"), new("var sql = \"\"; sql += input switch { }; sqlite.Execute(sql);"), new("sqlite.Execute(string.Join());")];

        // Asserts that there is no AD0001.
        await AnalyzerRun.DiagnoseAsync(CorpusCompilation.Create(broken, perFile: 1));
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_is_migratable()
    {
        Compilation compilation = TestCompilation.Create(
            """public static class Code { public static void Run(System.Data.IDbCommand command) => command.CommandText = "DELETE FROM orders"; }""");

        Assert.Empty(await AnalyzerRun.DiagnoseAsync(compilation));
    }

    private static void AddRow(StringBuilder table, string name, string rule, int writes, int found) =>
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {rule} | {writes} | {found} | {(double)found / writes * 100:0.0} % |\n");

    private static void Document(string table)
    {
        string path = Path.Combine(Folders.Diagnostics, "recall.md");
        string page = File.ReadAllText(path);
        int start = page.IndexOf("| form |", StringComparison.Ordinal);
        int end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        if (GoldenFile.IsUpdating)
        {
            File.WriteAllText(path, page[..start] + table + page[end..]);
            return;
        }

        Assert.Equal(table, page[start..end]);
        Assert.All(TextShapes.Followed.Concat(TextShapes.NotFollowed), shape => Assert.Contains($"- {shape.Name}\n", page, StringComparison.Ordinal));
    }
}
