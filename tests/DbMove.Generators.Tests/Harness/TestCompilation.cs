using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.Harness;

/// <summary>Compilations as a user's project makes them: C# 14, nullable, with the runtime referenced.</summary>
internal static class TestCompilation
{
    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>What the runtime needs, and the real libraries that the rules on usage are about.</summary>
    private static readonly string[] s_libraries = ["Microsoft.Extensions.*.dll", "Microsoft.EntityFrameworkCore*.dll", "Microsoft.Data.Sqlite.dll", "Npgsql.dll", "Dapper.dll"];

    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(MigratableAttribute).Assembly.Location),
        .. s_libraries.SelectMany(pattern => Directory.GetFiles(AppContext.BaseDirectory, pattern)).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    // Compilations that are made of one by adding files share the symbols of its references, and reading those is most of a small run.
    private static readonly CSharpCompilation s_empty = Create("Shop.Domain", References, []);

    // As an array: the compilation may go through the trees twice, and what is parsed twice is two trees.
    public static CSharpCompilation Create(params IEnumerable<string> sources) => s_empty.AddSyntaxTrees([.. Parse(sources)]);

    /// <summary>A compilation that refers to a library of this source, as a project does to another: the library has its generated code too.</summary>
    public static CSharpCompilation CreateWithLibrary(string library, params IEnumerable<string> sources) => CreateEmpty(library).AddSyntaxTrees(Parse(sources));

    /// <inheritdoc cref="CreateWithLibrary"/>
    public static CSharpCompilation CreateEmpty(string library)
    {
        CSharpCompilation other = Create("Shop.Library", References, [library]);
        CSharpGeneratorDriver.Create([new MigratableGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(other, out Compilation whole, out _, TestContext.Current.CancellationToken);
        using MemoryStream image = new();
        Assert.Empty(whole.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return Create("Shop.Domain", [.. References, MetadataReference.CreateFromImage(image.ToArray())], []);
    }

    private static CSharpCompilation Create(string name, IEnumerable<MetadataReference> references, IEnumerable<string> sources) => CSharpCompilation.Create(
        name,
        Parse(sources),
        references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static IEnumerable<SyntaxTree> Parse(IEnumerable<string> sources) =>
        sources.Select((source, index) => Parse(source, index == 0 ? "Input.cs" : $"Input{index}.cs"));

    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(source, ParseOptions, path, cancellationToken: TestContext.Current.CancellationToken);
}
