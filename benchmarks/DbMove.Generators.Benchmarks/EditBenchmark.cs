using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Benchmarks;

/// <summary>What the generator does after one edit, beside what it does when it runs for the first time: as in an editor, where it runs after each pause in typing.</summary>
internal static class EditBenchmark
{
    public static void Run(Options options, Report report)
    {
        CSharpCompilation input = Project.Create(EntityProject.Files(options.Entities));
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _);
        Project.RequireNoErrors(output);
        int files = driver.GetRunResult().Results.Single().GeneratedSources.Length;

        Timing full = new();
        Timing other = new();
        Timing entity = new();
        Timing symbols = new();
        foreach (int round in options.Rounds("edits"))
        {
            Timing[] taken = round < 0 ? [new(), new(), new(), new()] : [full, other, entity, symbols];
            string mark = round.ToString(CultureInfo.InvariantCulture);

            // Trees of its own: of those that it has seen, the generator remembers what they are.
            CSharpCompilation opened = Project.Create(EntityProject.Files(options.Entities));
            taken[0].Run(() => Driver().RunGenerators(opened));

            // Each edit goes on from the same state; the trees are parsed before, as the editor has done by then. The edit before the measured one
            // takes back the new column of the round before.
            driver.RunGenerators(Edit(input, EntityProject.OtherPath, EntityProject.Other(mark + " before")));
            CSharpCompilation typed = Edit(input, EntityProject.OtherPath, EntityProject.Other(mark));
            GeneratorDriver unchanged = driver;
            taken[1].Run(() => unchanged = driver.RunGenerators(typed));
            CSharpCompilation grown = Edit(input, EntityProject.Path(0), EntityProject.Entity(0, $"public int Added{mark.Replace('-', '_')} {{ get; set; }}"));
            taken[2].Run(() => driver.RunGenerators(grown));

            // What the compiler itself spends on the same edit before anything can be asked of it.
            CSharpCompilation again = Edit(input, EntityProject.OtherPath, EntityProject.Other(mark + " again"));
            taken[3].Run(() => again.GetDeclarationDiagnostics());
        }

        report.Add($"## One edit in a project of {options.Entities:N0} entities");
        report.Add($"The full run makes {files:N0} files. An edit runs the same driver on the compilation after it. Medians of {full.Count}, least to greatest.");
        report.Table(
            ["what", "time", "ratio to the full run", "reach", "aim"],
            [
                ["full run of the generator", full.Text, "1", "", ""],
                ["an edit in a file without an entity", other.Text, Report.Ratio(other, full), "0.05", "0.01"],
                ["a new column in one entity", entity.Text, Report.Ratio(entity, full), "0.05", "0.01"],
                ["for comparison: the compiler binds the declarations after such an edit", symbols.Text, Report.Ratio(symbols, full), "", ""],
            ]);
        report.Line("an edit in a file without an entity / full run", Report.Ratio(other, full), "≤ 0.05", "≤ 0.01");
        report.Line("a new column in one entity / full run", Report.Ratio(entity, full), "≤ 0.05", "≤ 0.01");
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new MigratableGenerator().AsSourceGenerator()], parseOptions: Project.ParseOptions);

    private static CSharpCompilation Edit(CSharpCompilation compilation, string path, string text)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        SyntaxTree edited = Project.Parse(text, path);
        _ = edited.GetRoot();
        return compilation.ReplaceSyntaxTree(tree, edited);
    }
}
