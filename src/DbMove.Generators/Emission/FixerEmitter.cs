using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The fixer: its logic is the runtime's, its types are the entity's.</summary>
internal static class FixerEmitter
{
    public static OutputFile Emit(EntityModel entity)
    {
        SourceWriter writer = SourceWriter.ForFile(entity.Scope);
        writer.Open(
            $"""
            /// <summary>Makes rows of <see cref="{entity.FullName}"/> on the follower equal to the authority's, by key and under locks.</summary>
            {SourceWriter.GeneratedCode}
            {entity.Accessibility} sealed class {entity.Name}Fixer : global::DbMove.EntityFixer<{entity.FullName}, {entity.KeyType}, {entity.MapName}>
            """);
        writer.Open(
            $"""
            /// <summary>Makes the fixer of a migration. Stateless: one serves all threads.</summary>
            /// <param name="migration">The migration that it repairs.</param>
            public {entity.Name}Fixer(global::DbMove.Migration migration)
                : base(migration)
            """);
        writer.Close();
        writer.Close();
        return writer.ToFile(entity.HintPrefix + ".Fixer.g.cs");
    }
}
