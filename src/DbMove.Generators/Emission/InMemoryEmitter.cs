using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The repository's double for unit tests: its logic is the runtime's, its types are the entity's.</summary>
internal static class InMemoryEmitter
{
    public static OutputFile Emit(EntityModel entity, string identifier)
    {
        string baseName = entity.IsStruct ? "InMemoryStructRepository" : "InMemoryRepository";
        string contract = entity.InterfaceName is { } name ? ", " + name : "";
        SourceWriter writer = SourceWriter.ForFile(entity.Repository?.Scope ?? entity.Scope);
        writer.Open(
            $"""
            {(entity.IsOutline ? OutlineEmitter.Summary : $"/// <summary>Rows of <see cref=\"{entity.FullName}\"/> in memory, for unit tests of code that depends on the repository's interface.</summary>")}
            {SourceWriter.GeneratedCode}
            {entity.Contract.Accessibility} partial class {identifier} : global::DbMove.{baseName}<{entity.FullName}, {entity.KeyType}, {entity.MapName}>{contract}
            """);
        writer.Open(
            $"""
            /// <summary>Makes an in-memory repository.</summary>
            /// <param name="database">Where the rows are: the same for all repositories of a test that share transactions; null: one of its own.</param>
            public {identifier}(global::DbMove.InMemoryDatabase? database = null)
                : base(database)
            """);
        writer.Close();
        writer.Close();
        return writer.ToFile(entity.HintPrefix + ".InMemory.g.cs");
    }
}
