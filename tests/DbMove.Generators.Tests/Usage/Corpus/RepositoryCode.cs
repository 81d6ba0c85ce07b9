using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>
/// This repository's own sources, of src, samples and tests, in one compilation: code that people wrote, and not for this. What is migratable
/// in them is not any more, though its repositories are there; instead there are entities whose tables nothing writes.
/// </summary>
internal static class RepositoryCode
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Xunit;
        """;

    /// <summary>Words that stand where a scanner that is out of step looks for a table.</summary>
    private static readonly string[] s_words =
    [
        "id", "total", "name", "title", "where", "values", "select", "from", "set", "into", "on", "o", "x", "a", "b", "t", "rows", "row", "customer", "key", "value", "all", "nothing",
        "conflict", "stdin", "begin", "end",
    ];

    /// <summary>The entities: of a name that occurs nowhere, and of the words.</summary>
    private static readonly string s_entities = string.Concat(new[] { "nowhere_at_all" }.Concat(s_words).Select((table, index) =>
        $$"""
        [DbMove.Migratable, System.ComponentModel.DataAnnotations.Schema.Table("{{table}}")]
        public sealed partial class Unwritten{{index}} { public long Id { get; set; } }

        """));

    /// <summary>What is reported, which shows that the rules look.</summary>
    private const string Written = """public static class Written { public static void Run(System.Data.Common.DbCommand command) => command.CommandText = "DELETE FROM nowhere_at_all"; }""";

    /// <summary>What the projects refer to, as far as this one has it. The projects themselves are compiled.</summary>
    private static readonly MetadataReference[] s_references =
    [
        .. TestCompilation.References.Where(static reference => !IsProject(reference.Display)),
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(static path => !IsProject(path) && !TestCompilation.References.Any(reference => Path.GetFileName(reference.Display) == Path.GetFileName(path)))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static Compilation Compile()
    {
        CSharpParseOptions options = TestCompilation.ParseOptions.WithDocumentationMode(DocumentationMode.None);
        CSharpCompilation written = CSharpCompilation.Create(
            "Repository",
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings, options, "Usings.cs"),
                .. Files().Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path)),
            ],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorRun run = GeneratorRun.StartUnchecked(written);
        Assert.Null(run.Result.Exception);
        Compilation whole = run.Output;
        foreach (SyntaxTree tree in written.SyntaxTrees)
        {
            whole = Unmark(tree) is { } unmarked ? whole.ReplaceSyntaxTree(tree, unmarked) : whole;
        }

        return whole.AddSyntaxTrees(CSharpSyntaxTree.ParseText(s_entities + Written, options, "Entities.cs"));
    }

    private static IEnumerable<string> Files() =>
        new[] { "src", "samples", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Folders.Repository, folder), "*.cs", SearchOption.AllDirectories))
            .Where(static path => !new[] { "/obj/", "/bin/", "/Golden/" }.Any(part => path.Contains(part, StringComparison.Ordinal)));

    /// <summary>The file without the mark of its entities; null: it has none.</summary>
    private static SyntaxTree? Unmark(SyntaxTree tree)
    {
        SyntaxNode root = tree.GetRoot();
        AttributeSyntax[] marks = [.. root.DescendantNodes().OfType<AttributeSyntax>().Where(static attribute => attribute.Name.ToString() == "Migratable")];
        return marks.Length == 0
            ? null
            : tree.WithRootAndOptions(root.ReplaceNodes(marks, static (_, _) => SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::System.Serializable"))), tree.Options);
    }

    private static bool IsProject(string? path) => Path.GetFileName(path)?.StartsWith("DbMove.", StringComparison.Ordinal) == true;
}
