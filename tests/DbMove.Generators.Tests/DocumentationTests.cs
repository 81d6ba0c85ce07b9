using System.Text.RegularExpressions;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests;

/// <summary>The examples on the pages of the diagnostics do what the pages say.</summary>
public sealed partial class DocumentationTests
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using DbMove;
        using Microsoft.Extensions.Logging;

        """;

    /// <summary>The pages whose examples are code alone: those about the configuration have tests of their own.</summary>
    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Folders.Diagnostics, "DBM*.md").Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(id => !id.StartsWith("DBM3", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_wrong_example_is_reported_and_the_fixed_one_is_not(string id)
    {
        string[] examples = [.. Example().Matches(File.ReadAllText(Path.Combine(Folders.Diagnostics, id + ".md"))).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, examples.Length);

        var wrong = await DiagnoseAsync(GeneratorRun.Start(Usings + examples[0]).Output);
        Assert.NotEmpty(wrong);
        Assert.All(wrong, diagnostic => Assert.Equal(id, diagnostic.Id));

        Compilation fixedOutput = GeneratorRun.Start(Usings + examples[1]).Output;
        Assert.Empty(await DiagnoseAsync(fixedOutput));
        Assert.Empty(fixedOutput.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        // Advice about something else is no matter of the page.
        async Task<IEnumerable<Diagnostic>> DiagnoseAsync(Compilation compilation) =>
            (await AnalyzerRun.DiagnoseAllAsync(compilation)).Where(diagnostic => diagnostic.Id == id || diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    [Fact]
    public async Task The_examples_of_the_page_on_entities_are_entities_without_a_diagnostic()
    {
        string[] examples = [.. Example().Matches(EntitiesPage).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(examples);

        foreach (string example in examples)
        {
            GeneratorRun run = GeneratorRun.Start(Usings + example);
            Assert.Contains(run.Files, file => file.HintName.EndsWith(".Map.g.cs", StringComparison.Ordinal));
            Assert.Empty(await AnalyzerRun.DiagnoseAsync(run.Output));
            Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }
    }

    [Fact]
    public void Every_attribute_and_every_type_is_on_the_page_on_entities()
    {
        string table = EntitiesPage[EntitiesPage.IndexOf("## Member types", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n## ", StringComparison.Ordinal)];
        IEnumerable<string> attributes = typeof(MigratableAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Attribute)))
            .Select(type => "`[" + type.Name.Split('`')[0].Replace("Attribute", "", StringComparison.Ordinal));
        // What the generator resolves, of all types of the base library and the arrays of them.
        Compilation compilation = TestCompilation.Create();
        ITypeSymbol[] system = [.. compilation.GetSpecialType(SpecialType.System_Object).ContainingNamespace.GetTypeMembers().Where(type => type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false, Arity: 0 })];
        ITypeSymbol[] arrays = [.. system.Where(type => type.SpecialType != SpecialType.System_Void).Select(type => compilation.CreateArrayTypeSymbol(type))];
        ITypeSymbol[] columns = [.. system.Concat(arrays).Where(type => Roslyn.ColumnTypeResolution.Resolve(type) is not null)];
        ITypeSymbol[] lists = [.. arrays.Where(type => Roslyn.ColumnTypeResolution.ResolveElement(type) is not null)];

        Assert.Equal(Enum.GetValues<Roslyn.ColumnType>(), columns.Select(type => Roslyn.ColumnTypeResolution.Resolve(type)!.Value).Order());
        Assert.NotEmpty(lists);
        Assert.All(attributes, name => Assert.Contains(name, EntitiesPage, StringComparison.Ordinal));
        Assert.All(columns.Concat(lists), type => Assert.Contains($"`{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}`", table, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<TimePrecision>(), name => Assert.Matches($"`(TimePrecision\\.)?{name}`", EntitiesPage));
    }

    [Fact]
    public void The_standard_attributes_that_are_said_to_be_honoured_are()
    {
        string text = File.ReadAllText(Path.ChangeExtension(typeof(MigratableAttribute).Assembly.Location, ".xml"));
        string honoured = text[text.IndexOf("namespace are honoured:", StringComparison.Ordinal)..];
        string[] known =
        [
            .. typeof(Roslyn.AttributeNames).GetFields().Select(field => (string)field.GetRawConstantValue()!)
                .Where(name => name.StartsWith("System.ComponentModel.DataAnnotations.", StringComparison.Ordinal))
                .Select(name => name.Split('.')[^1].Replace("Attribute", "", StringComparison.Ordinal)),
        ];

        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            Named().Matches(honoured[..honoured.IndexOf('.', StringComparison.Ordinal)]).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_is_of_a_rule() =>
        Assert.Equal(
            AnalyzerRun.All.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Order(StringComparer.Ordinal),
            Directory.GetFiles(Folders.Diagnostics, "DBM*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    private static string EntitiesPage => File.ReadAllText(Path.Combine(Folders.Documents, "entities.md"));

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"<c>\[(\w+)\]</c>")]
    private static partial Regex Named();
}
