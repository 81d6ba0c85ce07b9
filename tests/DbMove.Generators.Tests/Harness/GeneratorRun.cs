using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.Harness;

/// <summary>
/// A run of the generator. Every run is a caching test too: made only through <see cref="Start(string[])"/>, which runs the
/// driver again on unchanged and on irrelevantly changed input and asserts that nothing was made anew.
/// </summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;

    private GeneratorRun(CSharpCompilation input, GeneratorDriver driver)
    {
        Input = input;
        _driver = driver;
    }

    /// <summary>What the user wrote.</summary>
    public CSharpCompilation Input { get; }

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    public ImmutableArray<GeneratedSourceResult> Files => Result.GeneratedSources;

    /// <summary>The input together with what was generated.</summary>
    public CSharpCompilation Output => Input.AddSyntaxTrees(Files.Select(file => file.SyntaxTree));

    public static GeneratorRun Start(params string[] sources) => Start(TestCompilation.Create(sources));

    public static GeneratorRun Start(CSharpCompilation input)
    {
        GeneratorRun run = StartUnchecked(input);
        CachingAssertions.IsCached(run.Again(run.Input.Clone()).Result);
        CachingAssertions.IsCached(run.Again(run.Input.AddSyntaxTrees(TestCompilation.Parse("internal static class EditInAnotherFile;", "AnotherFile.cs"))).Result);
        SyntaxTree first = run.Input.SyntaxTrees[0];
        SyntaxTree commented = TestCompilation.Parse("// An edit that changes nothing.\n" + first, first.FilePath);
        CachingAssertions.IsCached(run.Again(run.Input.ReplaceSyntaxTree(first, commented)).Result);
        return run;
    }

    /// <summary>A run whose caching is not asserted: only to show that the assertions can fail.</summary>
    public static GeneratorRun StartUnchecked(params string[] sources) => StartUnchecked(TestCompilation.Create(sources));

    public static GeneratorRun StartUnchecked(CSharpCompilation input)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new MigratableGenerator().AsSourceGenerator()],
            parseOptions: TestCompilation.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new GeneratorRun(input, driver.RunGenerators(input, TestContext.Current.CancellationToken));
    }

    /// <summary>Runs the same driver on the first file as edited.</summary>
    public GeneratorRun AfterEdit(Func<string, string> edit)
    {
        SyntaxTree first = Input.SyntaxTrees[0];
        return Again(Input.ReplaceSyntaxTree(first, TestCompilation.Parse(edit(first.ToString()), first.FilePath)));
    }

    private GeneratorRun Again(CSharpCompilation input) =>
        new(input, _driver.RunGenerators(input, TestContext.Current.CancellationToken));
}
