using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The map's hold on the serializer's generated code, for members that are stored as JSON.</summary>
internal static class JsonEmitter
{
    /// <summary>What the runtime has for such members.</summary>
    public const string Column = "global::DbMove.Mapping.JsonColumn";

    /// <summary>The map's property that says how the member is written and read.</summary>
    public static string TypeInfo(EntityModel entity, ColumnModel column) => $"{entity.MapName}.{column.Name}Json";

    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        foreach (ColumnModel column in entity.Columns)
        {
            if (column.Storage is { Json: { } context })
            {
                writer.Lines(
                    $$"""

                    internal static global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<{{column.TypeName}}> {{column.Name}}Json { get; } =
                        {{Column}}.TypeInfo<{{column.TypeName}}>({{context}}.Default);
                    """);
            }
        }
    }
}
