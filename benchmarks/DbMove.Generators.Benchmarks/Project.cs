using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Benchmarks;

/// <summary>A user's project in memory: .NET 10, nullable, with DbMove, EF Core, Dapper and Npgsql referenced.</summary>
internal static class Project
{
    private static readonly string[] s_libraries = ["DbMove.Runtime", "Dapper", "Npgsql", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Abstractions", "Microsoft.EntityFrameworkCore.Relational"];

    private static readonly MetadataReference[] s_references =
    [
        .. Net100.References.All,
        .. s_libraries.Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
        .. Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.Extensions.*.dll").Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Parse);

    public static CSharpCompilation Create(IEnumerable<(string Path, string Text)> files) => CSharpCompilation.Create(
        "Shop",
        files.Select(file => Parse(file.Text, file.Path)),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);

    /// <summary>Fails where what is measured is not what a user would have: a project that compiles.</summary>
    public static void RequireNoErrors(Compilation compilation)
    {
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(3)];
        if (errors.Length > 0)
        {
            throw new InvalidOperationException("The measured project does not compile: " + string.Join(" ", errors.Select(error => error.ToString())));
        }
    }
}
