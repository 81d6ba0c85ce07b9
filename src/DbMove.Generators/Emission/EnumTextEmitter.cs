using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The map's conversions of enums that are stored by name.</summary>
internal static class EnumTextEmitter
{
    private const string EnumText = "global::DbMove.Mapping.EnumText";

    /// <summary>The map's method that turns a value into its name.</summary>
    public static string ToText(EntityModel entity, ColumnModel column) => $"{entity.MapName}.{column.Name}ToText";

    /// <summary>The map's method that turns a name into its value.</summary>
    public static string FromText(EntityModel entity, ColumnModel column) => $"{entity.MapName}.{column.Name}FromText";

    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        foreach (ColumnModel column in entity.Columns.SelectMany(static column => column.Forms))
        {
            if (column.Storage is { IsText: true, Enum: { } type } storage)
            {
                Emit(writer, entity, column, type, storage);
            }
        }
    }

    private static void Emit(SourceWriter writer, EntityModel entity, ColumnModel column, string type, StorageModel storage)
    {
        string where = $"{ColumnText.Literal(entity.Name)}, {ColumnText.Literal(column.Name)}";
        string columns = $"{ColumnText.Literal(column.SourceName)}, {ColumnText.Literal(column.TargetName)}";
        writer.Line();
        writer.Line($"internal static string {column.Name}ToText({type} value) => value switch");
        Emit(writer, storage.Names.Where(static name => !name.IsAlias).Select(static name => $"{name.Expression} => {ColumnText.Literal(name.Name)}"), $"{EnumText}.HasNoName({where})");
        writer.Line();
        writer.Line($"internal static {type} {column.Name}FromText(string text) => text switch");
        Emit(writer, storage.Names.Select(static name => $"{ColumnText.Literal(name.Name)} => {name.Expression}"), $"{EnumText}.IsUnknown({where}, {columns})");
    }

    private static void Emit(SourceWriter writer, IEnumerable<string> arms, string otherwise)
    {
        writer.Open("");
        foreach (string arm in arms)
        {
            writer.Line(arm + ",");
        }

        writer.Line($"_ => throw {otherwise},");
        writer.Close("};");
    }
}
