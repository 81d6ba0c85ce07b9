using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests;

/// <summary>
/// No rule fails on the sources of this repository, nor the generator. Of tests and samples the build says so, in which a failing analyzer is an error; the
/// projects of src are built without the rules, so they are looked at here, and the samples once more without what they refer to: code with errors, as in
/// an editor, is where analyzers fail.
/// </summary>
public sealed class RepositorySourcesTests
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

    [Theory]
    [InlineData("src", 600)]
    [InlineData("samples", 60)]
    public async Task No_analyzer_fails(string folder, int files)
    {
        int seen = 0;
        foreach (string project in Directory.GetFiles(Path.Combine(Folders.Repository, folder), "*.csproj", SearchOption.AllDirectories))
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

        Assert.True(seen > files, $"{seen} files");
    }
}
