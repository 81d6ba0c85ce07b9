using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Parsing.Memory;

/// <summary>All that a compilation declares and refers to: where it is the same, every entity's model is.</summary>
internal sealed class CompilationPrint
{
    private static readonly ConditionalWeakTable<Compilation, CompilationPrint> s_known = new();

    private CompilationPrint(Compilation compilation, CancellationToken cancellationToken)
    {
        Print print = default(Print).With(compilation.AssemblyName ?? "").WithIdentity(compilation.Options);
        foreach (MetadataReference reference in compilation.References)
        {
            // Another project is wrapped anew for every compilation that refers to it.
            print = print.WithIdentity(reference is CompilationReference project ? project.Compilation : reference)
                .With(reference.Properties.EmbedInteropTypes ? 1UL : 0)
                .With(string.Join(",", reference.Properties.Aliases));
        }

        HashSet<string> aliases = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            TreePrint file = TreePrint.Of(tree, cancellationToken);
            print = print.With(file.Print);
            aliases.UnionWith(file.GlobalAliases);
        }

        Print = print;
        GlobalAliases = [.. aliases];
    }

    public Print Print { get; }

    /// <summary>The names that global usings give to something.</summary>
    public ImmutableHashSet<string> GlobalAliases { get; }

    public static CompilationPrint Of(Compilation compilation, CancellationToken cancellationToken) =>
        s_known.TryGetValue(compilation, out CompilationPrint known) ? known : s_known.GetValue(compilation, anew => new CompilationPrint(anew, cancellationToken));
}
