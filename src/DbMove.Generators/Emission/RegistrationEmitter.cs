using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The assembly's registration method.</summary>
internal static class RegistrationEmitter
{
    public static OutputFile Emit(EquatableArray<RegistrationModel> entities, string assembly)
    {
        SourceWriter writer = SourceWriter.ForFile(new ScopeModel("DbMove", default));
        string accessibility = entities.Any(static entity => entity.IsPublic) ? "public" : "internal";
        writer.Open(
            $"""
            /// <summary>Registers the migratable entities of this assembly.</summary>
            {SourceWriter.GeneratedCode}
            {accessibility} static class {assembly}Registrations
            """);
        writer.Open(
            $"""
            /// <summary>Adds every migratable entity of this assembly to the migration.</summary>
            /// <param name="builder">The migration's builder.</param>
            /// <returns>The same builder.</returns>
            public static global::DbMove.MigrationBuilder Add{assembly}Entities(this global::DbMove.MigrationBuilder builder)
            """);
        // Without those of which only an outline is emitted: an error says why.
        foreach (RegistrationModel entity in entities.Where(static entity => !entity.IsOutline).OrderBy(static entity => entity.FullName, StringComparer.Ordinal))
        {
            writer.Line($"builder.AddEntity<{entity.FullName}>();");
        }

        writer.Line("return builder;");
        writer.Close();
        writer.Close();
        return writer.ToFile($"DbMove.{assembly}Registrations.g.cs");
    }
}
