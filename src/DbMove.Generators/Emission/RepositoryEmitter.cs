using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The repository, or the generated half of the one that the user declares.</summary>
internal static class RepositoryEmitter
{
    public static OutputFile Emit(EntityModel entity)
    {
        RepositoryModel? user = entity.Repository;
        string identifier = user?.Identifier ?? entity.Name + "Repository";
        string accessibility = user is { HasAccessibility: true } ? "" : entity.Accessibility + " ";
        // On the class only where all of it is generated: the user's half is not.
        string mark = user is null ? SourceWriter.GeneratedCode + "\n" : "";

        // "No row" is a null reference for a class, a nullable value for a struct: no one generic class can say both.
        string baseName = entity.IsStruct ? "DualWriteStructRepository" : "DualWriteRepository";

        SourceWriter writer = SourceWriter.ForFile(user is null ? entity.Scope : user.Scope);
        string contract = "";
        if (entity.Contract.Interface is { } name)
        {
            contract = ", " + entity.InterfaceName;
            EmitInterface(writer, entity, name);
        }

        writer.Open(
            $"""
            {Summary(entity)}
            {mark}{accessibility}partial class {identifier} : global::DbMove.{baseName}<{entity.FullName}, {entity.KeyType}, {entity.MapName}>{contract}
            """);
        if (user is not { HasMigrationConstructor: true })
        {
            writer.Open(
                $"""
                /// <summary>Makes the repository of a migration.</summary>
                /// <param name="migration">The migration that it writes through.</param>
                {(user is null ? "" : SourceWriter.GeneratedCode + "\n")}public {identifier}(global::DbMove.Migration migration)
                    : base(migration)
                """);
            writer.Close();
        }

        writer.Close();
        return writer.ToFile(entity.HintPrefix + ".Repository.g.cs");
    }

    // In the repository's file: whoever names one of an entity with an error can name the other.
    private static void EmitInterface(SourceWriter writer, EntityModel entity, string name)
    {
        string baseName = entity.IsStruct ? "IDualWriteStructRepository" : "IDualWriteRepository";
        (string mark, string accessibility) = entity.Contract.IsJoined ? ("", "") : (SourceWriter.GeneratedCode + "\n", entity.Contract.Accessibility + " ");
        writer.Lines(
            $$"""
            /// <summary>What the repository of <see cref="{{entity.FullName}}"/> does, for code whose tests have no database.</summary>
            {{mark}}{{accessibility}}partial interface {{name}} : global::DbMove.{{baseName}}<{{entity.FullName}}, {{entity.KeyType}}>
            {
            }

            """);
    }

    private static string Summary(EntityModel entity) => entity.IsOutline
        ? OutlineEmitter.Summary
        : $"""
            /// <summary>The dual-write repository of <see cref="{entity.FullName}"/>: insert, update, upsert, delete and find, single and many.</summary>
            /// <remarks>Stateless and safe for all threads; writes never change their argument.</remarks>
            """;
}
