using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using DbMove.Generators.Tests.Usage.Corpus;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Generators.Tests;

/// <summary>
/// No rule fails on the sources of this repository, nor the generator, and the rules on usage say nothing of them but what is right. Of tests and samples
/// the build says so too, in which a failing analyzer is an error; here all is looked at in one compilation, which cannot refer to everything, and the samples
/// once more by themselves: code with errors, as in an editor, is where analyzers fail.
/// </summary>
public sealed class RepositorySourcesTests(ITestOutputHelper output)
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>What the projects refer to, as far as this one has it: all but ASP.NET Core and the MySQL and NATS clients.</summary>
    private static readonly MetadataReference[] s_references =
    [
        .. TestCompilation.References,
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => !path.Contains("xunit", StringComparison.Ordinal) && !TestCompilation.References.Any(reference => Path.GetFileName(reference.Display) == Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Fact]
    public void In_the_build_an_analyzer_that_fails_is_an_error() =>
        Assert.Contains("<WarningsAsErrors>$(WarningsAsErrors);AD0001</WarningsAsErrors>", File.ReadAllText(Path.Combine(Folders.Repository, "Directory.Build.props")), StringComparison.Ordinal);

    /// <summary>Reports that are right: a write that is added, and tests that leave a transaction out on purpose.</summary>
    private static readonly string[] s_right = ["DBM2001 Entities.cs", "DBM2009 InMemoryRepositoryTests.cs", "DBM2009 InMemoryRepositoryTests.cs", "DBM2009 MessageTests.cs"];

    /// <summary>Code that people wrote, and not for this: whatever is reported beside what is listed is a false alarm.</summary>
    [Fact]
    public async Task No_analyzer_fails_and_no_rule_on_usage_reports_what_writes_no_migratable_table()
    {
        Compilation compilation = RepositoryCode.Compile();
        ImmutableArray<Diagnostic> all = await compilation.WithAnalyzers(AnalyzerRun.All).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        HashSet<SyntaxTree?> broken = [.. all.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Location.SourceTree)];
        SyntaxTree[] files = [.. compilation.SyntaxTrees.Where(tree => !tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))];
        int lines = Lines(files.Where(tree => !broken.Contains(tree)));
        output.WriteLine($"{files.Length} files, {Lines(files)} lines, of which {lines} are in files without an error");

        Assert.DoesNotContain(all, diagnostic => diagnostic.Id == "AD0001");
        Assert.Equal(s_right, all.Where(diagnostic => diagnostic.Id.StartsWith("DBM2", StringComparison.Ordinal)).Select(diagnostic => $"{diagnostic.Id} {Path.GetFileName(diagnostic.Location.SourceTree!.FilePath)}").Order(StringComparer.Ordinal));
        Assert.True(lines >= 50_000, $"{lines} lines");

        static int Lines(IEnumerable<SyntaxTree> trees) => trees.Sum(tree => tree.GetText(TestContext.Current.CancellationToken).Lines.Count);
    }

    [Fact]
    public async Task No_analyzer_fails_on_the_samples_by_themselves()
    {
        int seen = 0;
        foreach (string project in Directory.GetFiles(Path.Combine(Folders.Repository, "samples"), "*.csproj", SearchOption.AllDirectories))
        {
            string[] sources = [.. Directory.EnumerateFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal))];
            seen += sources.Length;
            string own = Path.GetFileNameWithoutExtension(project) + ".dll";
            CSharpCompilation compilation = TestCompilation.Create([ImplicitUsings, .. sources.Select(File.ReadAllText)])
                .WithReferences(s_references.Where(reference => Path.GetFileName(reference.Display) != own));

            GeneratorRun run = GeneratorRun.StartUnchecked(compilation);
            Assert.Null(run.Result.Exception);
            // Asserts that none of them failed.
            await AnalyzerRun.DiagnoseAllAsync(run.Output);
        }

        Assert.True(seen > 60, $"{seen} files");
    }
}
