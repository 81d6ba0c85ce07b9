using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Golden;

/// <summary>
/// Each folder beside this file is a case: <c>Input.cs</c> and the files that are generated for it. With a
/// <c>Library.cs</c>, the input is a project that refers to that one.
/// </summary>
public sealed class GoldenTests
{
    private const string NewColumnMark = "// {new column}";

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folders.Golden).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generated_text_is_the_golden_text(string name)
    {
        GeneratorRun run = Start(name);

        GoldenFile.Verify(Path.Combine(Folders.Golden, name), run.Files.ToDictionary(file => file.HintName, file => file.SourceText.ToString()));
        Assert.False(GoldenFile.IsUpdating, "Golden files were rewritten: review them, then run without DBMOVE_UPDATE_GOLDEN.");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Generated_code_compiles_without_warnings(string name)
    {
        Compilation output = Start(name).Output;

        Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Analyzers_have_nothing_to_say(string name) =>
        Assert.Empty(await AnalyzerRun.DiagnoseAsync(Start(name).Output));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_new_column_makes_one_entity_anew_and_no_registration(string name)
    {
        GeneratorRun run = Start(name);

        GeneratorRun edited = run.AfterEdit(source => source.Replace(NewColumnMark, "public int AddedLater { get; set; }", StringComparison.Ordinal));

        CachingAssertions.IsModified(edited.Result);
    }

    /// <summary>The generator over a case.</summary>
    internal static GeneratorRun Start(string name)
    {
        string folder = Path.Combine(Folders.Golden, name);
        string input = File.ReadAllText(Path.Combine(folder, "Input.cs"));
        string library = Path.Combine(folder, "Library.cs");
        return GeneratorRun.Start(File.Exists(library)
            ? TestCompilation.CreateWithLibrary(File.ReadAllText(library), input)
            : TestCompilation.Create(input));
    }
}
