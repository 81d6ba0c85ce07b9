using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.Memory;

/// <summary>What the project refers to: a library that changes, as an assembly or as another project, by an alias or not, and one to which it forwards a type.</summary>
internal sealed class EditedLibrary
{
    private readonly EditedFile _outside = new(
        "Outside.cs",
        """
        #nullable enable
        namespace Shop;
        public «abstract class¦class» Outside
        {
            public «string¦int¦string?» Label { get; «set¦init¦protected set»; } = default!;
            public int Hollow => «1¦2¦field»;
            «¦[System.ComponentModel.DataAnnotations.Key] public int OutsideId { get; set; }»
        }
        """);

    private readonly Dictionary<(string, string), byte[]> _images = [];
    private bool _isForwarded;
    private bool _isProject;
    private bool _isAliased;

    public void Edit(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                _isForwarded = !_isForwarded;
                break;
            case 1:
                _isProject = !_isProject;
                break;
            case 2:
                _isAliased = !_isAliased;
                break;
            default:
                _outside.Edit(random);
                break;
        }
    }

    /// <summary>The references as they are now, new objects each time.</summary>
    public IEnumerable<MetadataReference> References()
    {
        MetadataReference core = Reference("Shop.Core", _isForwarded ? _outside.Text() : "", []);
        yield return core;
        MetadataReference library = Reference("Shop.Library", _isForwarded ? "[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(Shop.Outside))]" : _outside.Text(), [core]);
        yield return _isAliased ? library.WithAliases(["other"]) : library;
    }

    private MetadataReference Reference(string name, string source, IEnumerable<MetadataReference> references)
    {
        if (_isProject)
        {
            return Compile().ToMetadataReference();
        }

        if (!_images.TryGetValue((name, source), out byte[]? image))
        {
            using MemoryStream stream = new();
            Assert.Empty(Compile().Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            _images[(name, source)] = image = stream.ToArray();
        }

        return MetadataReference.CreateFromImage(image);

        CSharpCompilation Compile() => CSharpCompilation.Create(
            name, [TestCompilation.Parse(source, "Library.cs")], [.. EditedProject.Framework, .. references], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
