using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>
/// The types of unusable entities that other code names. They have the members of the real ones where the entity can be
/// named at all, so that the only error that is left is the one that says what is wrong with the entity.
/// </summary>
internal static class OutlineEmitter
{
    /// <summary>What a type of an outline says of itself.</summary>
    public const string Summary = "/// <summary>Cannot be used: an error (DBM1xxx) of the entity's declaration says why. It is here so that code which names it compiles up to that error.</summary>";

    public static IEnumerable<OutputFile> Emit(EquatableArray<OutlineModel> outlines)
    {
        // Names of their own: a right entity's files may differ from these in nothing but case, and so may those of two unusable ones.
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (OutputFile file in outlines.SelectMany(Emit))
        {
            string name = file.HintName.Replace(".g.cs", ".Outline.g.cs");
            for (int number = 2; !names.Add(name); number++)
            {
                name = file.HintName.Replace(".g.cs", ".Outline" + number + ".g.cs");
            }

            yield return file with { HintName = name };
        }
    }

    private static IEnumerable<OutputFile> Emit(OutlineModel outline)
    {
        if (outline.HasRepository)
        {
            yield return outline.IsNameable ? RepositoryEmitter.Emit(outline.Entity) : EmitEmpty(outline.Entity, "Repository");
        }

        if (outline is { HasRepository: true, IsNameable: true, Entity.Contract.InMemory: { } memory })
        {
            yield return InMemoryEmitter.Emit(outline.Entity, memory);
        }

        if (outline.HasFixer)
        {
            yield return outline.IsNameable ? FixerEmitter.Emit(outline.Entity) : EmitEmpty(outline.Entity, "Fixer");
        }

        if (outline.HasKey)
        {
            yield return KeyEmitter.Emit(outline.Entity);
        }
    }

    private static OutputFile EmitEmpty(EntityModel entity, string suffix)
    {
        SourceWriter writer = SourceWriter.ForFile(entity.Scope);
        writer.Lines(
            $$"""
            {{Summary}}
            {{SourceWriter.GeneratedCode}}
            {{entity.Accessibility}} sealed class {{entity.Name}}{{suffix}} { }
            """);
        return writer.ToFile(entity.HintPrefix + "." + suffix + ".g.cs");
    }
}
