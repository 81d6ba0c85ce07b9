using Basic.Reference.Assemblies;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace DbMove.Generators.Tests.Memory;

/// <summary>
/// A project that is edited at random, by seed, and the driver that is kept meanwhile, as in an editor. The order of its files is not: of that
/// the compiler's driver itself remembers the old one, whatever the generator does.
/// </summary>
internal sealed class EditedProject
{
    private static readonly LanguageVersion[] s_versions =
        [LanguageVersion.CSharp14, LanguageVersion.CSharp14, LanguageVersion.CSharp14, LanguageVersion.Preview, LanguageVersion.CSharp13, LanguageVersion.CSharp12, LanguageVersion.CSharp9];

    private readonly Random _random;
    private readonly EditedFile[] _first = [.. EditedSources.First()];
    private readonly List<EditedFile> _files;
    private readonly List<EditedFile> _away = [.. EditedSources.Later()];
    private readonly EditedLibrary _library = new();
    private CSharpParseOptions _parseOptions = TestCompilation.ParseOptions;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    public EditedProject(int seed)
    {
        _random = new Random(seed);
        _files = [.. _first];
        _compilation = CSharpCompilation.Create(
            "Shop",
            _files.Select(file => Parse(file.Text(), file.Path)),
            [.. Framework, .. _library.References()],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        _driver = NewDriver();
    }

    /// <summary>No more than the sources need: references are bound in every step.</summary>
    public static IReadOnlyList<MetadataReference> Framework { get; } =
    [
        Net100.References.SystemRuntime, Net100.References.SystemCollections, Net100.References.SystemConsole, Net100.References.SystemComponentModelAnnotations,
        Net100.References.SystemDataCommon, Net100.References.SystemTextJson,
        MetadataReference.CreateFromFile(typeof(MigratableAttribute).Assembly.Location),
    ];

    /// <summary>Makes one edit and says what it was. Every other one takes back an earlier one, or soon nothing would be right any more.</summary>
    public string Edit()
    {
        EditedFile[] unusual = [.. _files.Where(file => !file.IsUsual)];
        switch (_random.Next(100))
        {
            case < 35 when unusual.Length > 0:
                return Change(Pick(unusual), "restored", file => file.Restore(_random));
            case < 65:
                return Change(Pick(_files), "edited", file => file.Edit(_random));
            case < 73:
                return Change(Pick(_files), "typed over", file => file.Slip(_random));
            case < 82:
                return AddOrRemove();
            case < 85:
                return Move();
            case < 88:
                NullableContextOptions[] contexts = [NullableContextOptions.Enable, NullableContextOptions.Disable, NullableContextOptions.Annotations];
                _compilation = _compilation.WithOptions(_compilation.Options.WithNullableContextOptions(Pick(contexts)));
                return "nullable context";
            case < 91:
                return ParseAnew();
            case < 92:
                _compilation = _compilation.WithAssemblyName(_compilation.AssemblyName == "Shop" ? "Shop.Other" : "Shop");
                return "assembly name";
            case < 94:
                return Configure();
            default:
                _library.Edit(_random);
                _compilation = _compilation.WithReferences([.. Framework, .. _library.References()]);
                return "library";
        }
    }

    /// <summary>What the kept driver makes.</summary>
    public IReadOnlyList<string> Kept()
    {
        _driver = _driver.RunGenerators(_compilation, TestContext.Current.CancellationToken);
        return Describe(_driver);
    }

    /// <summary>What a new driver makes of the same project, of which nothing can be remembered: every file is parsed anew.</summary>
    public IReadOnlyList<string> Fresh() => Describe(NewDriver().RunGenerators(
        _compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(_compilation.SyntaxTrees.Select(tree => Parse(tree.ToString(), tree.FilePath))),
        TestContext.Current.CancellationToken));

    private static IReadOnlyList<string> Describe(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        return
        [
            .. result.GeneratedSources.Select(source => source.HintName + "\n" + source.SourceText),
            .. result.Diagnostics.Select(diagnostic => diagnostic.ToString()),
            result.Exception?.ToString() ?? "",
        ];
    }

    private string Change(EditedFile file, string how, Action<EditedFile> edit)
    {
        edit(file);
        SyntaxTree tree = Tree(file.Path);
        SourceText before = tree.GetText(TestContext.Current.CancellationToken);
        string after = file.Text();

        // As an editor does: the change alone is parsed, and the rest of the tree is shared; or all of it anew, as when a file is loaded.
        SyntaxTree changed = _random.Next(2) == 0 ? tree.WithChangedText(before.WithChanges(Difference(before.ToString(), after))) : Parse(after, tree.FilePath);
        _compilation = _compilation.ReplaceSyntaxTree(tree, changed);
        return $"{file.Path} {how}";
    }

    private static TextChange Difference(string before, string after)
    {
        int same = before.AsSpan().CommonPrefixLength(after);
        int end = 0;
        while (end < Math.Min(before.Length, after.Length) - same && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        return new TextChange(TextSpan.FromBounds(same, before.Length - end), after[same..^end]);
    }

    private string AddOrRemove()
    {
        EditedFile[] lost = [.. _away.Where(_first.Contains)];
        if (lost.Length > 0 || _random.Next(2) == 0)
        {
            EditedFile added = Pick<EditedFile>(lost.Length > 0 ? lost : _away);
            _away.Remove(added);
            _files.Add(added);
            _compilation = _compilation.AddSyntaxTrees(Parse(added.Text(), added.Path));
            return added.Path + " added";
        }

        EditedFile[] more = [.. _files.Except(_first)];
        EditedFile removed = Pick<EditedFile>(more.Length > 0 ? more : _files);
        _files.Remove(removed);
        _away.Add(removed);
        _compilation = _compilation.RemoveSyntaxTrees(Tree(removed.Path));
        return removed.Path + " removed";
    }

    // A file by this name counts as made by a tool.
    private string Move()
    {
        SyntaxTree tree = Tree(Pick(_files).Path);
        _compilation = _compilation.ReplaceSyntaxTree(tree, tree.WithFilePath(tree.FilePath.EndsWith(".designer.cs", StringComparison.Ordinal) ? tree.FilePath[..^".designer.cs".Length] : tree.FilePath + ".designer.cs"));
        return "to or from " + tree.FilePath;
    }

    private string ParseAnew()
    {
        _parseOptions = _random.Next(3) == 0
            ? _parseOptions.WithPreprocessorSymbols(_parseOptions.PreprocessorSymbolNames.Any() ? Array.Empty<string>() : ["ALT"])
            : _parseOptions.WithLanguageVersion(Pick(s_versions));
        SyntaxTree[] trees = [.. _compilation.SyntaxTrees.Select(tree => Parse(tree.ToString(), tree.FilePath))];
        _compilation = _compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
        _driver = _driver.WithUpdatedParseOptions(_parseOptions);
        return $"C# {_parseOptions.LanguageVersion.ToDisplayString()} {string.Concat(_parseOptions.PreprocessorSymbolNames)}";
    }

    // As .editorconfig may: settings, and which file counts as made by a tool.
    private string Configure()
    {
        string generated = Pick(_files).Path;
        _driver = _driver.WithUpdatedAnalyzerConfigOptions(new TestSettings([("build_property.DbMoveReportGenerated", _random.Next(2) == 0 ? "true" : "false")]));
        _compilation = _compilation.WithOptions(_compilation.Options.WithSyntaxTreeOptionsProvider(new GeneratedFile(generated)));
        return $"{generated} is generated code by .editorconfig";
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    private SyntaxTree Tree(string path) => _compilation.SyntaxTrees.Single(tree => tree.FilePath == path || tree.FilePath == path + ".designer.cs");

    private SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, _parseOptions, path, cancellationToken: TestContext.Current.CancellationToken);

    private GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create([new MigratableGenerator().AsSourceGenerator()], parseOptions: _parseOptions);

    private sealed class GeneratedFile(string path) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => tree.FilePath == path ? GeneratedKind.MarkedGenerated : GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }
}
