using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The map's members that deal with the key.</summary>
internal static class KeyMembersEmitter
{
    private const string KeyText = "global::DbMove.Mapping.KeyText";

    public static void Emit(SourceWriter writer, EntityModel entity)
    {
        ColumnModel[] key = [.. entity.Key.Select(ordinal => entity.Columns[ordinal])];
        string type = entity.KeyType;
        writer.Lines(
            $"""
            /// <inheritdoc/>
            public static {type} GetKey({entity.FullName} entity) =>
                {Make(entity, key.Select(static column => "entity." + column.Identifier))};

            """);
        EmitCompare(writer, entity, key);
        writer.Lines(
            $"""

            /// <inheritdoc/>
            public static string FormatKey({type} key) =>
                {KeyText}.Join({string.Join(", ", key.Select(column => $"{KeyText}.Format({ColumnText.Stored(entity, column, Part(entity, column, "key"))})"))});

            """);
        writer.Open(
            $"""
            /// <inheritdoc/>
            public static {type} ParseKey(string text)
            """);
        writer.Line($"string[] parts = {KeyText}.Split(text, {key.Length});");
        writer.Line($"return {Make(entity, key.Select(column => ColumnText.Restored(entity, column, $"{KeyText}.Parse{column.Type}(parts[{column.KeyOrdinal}])")))};");
        writer.Close();
        writer.Line();
        EmitWrite(writer, entity, key);
        writer.Lines(
            $"""

            /// <inheritdoc/>
            public static {type} ReadKey<TReader>(ref TReader reader)
                where TReader : struct, global::DbMove.Mapping.IColumnReader, allows ref struct =>
                {Make(entity, key.Select(column => ColumnText.Read(entity, column, column.KeyOrdinal)))};
            """);
    }

    private static void EmitCompare(SourceWriter writer, EntityModel entity, ColumnModel[] key)
    {
        writer.Lines("/// <inheritdoc/>");
        string signature = $"public static int CompareKeys({entity.KeyType} left, {entity.KeyType} right)";
        if (key.Length == 1)
        {
            writer.Lines(
                $"""
                {signature} =>
                    {Compare(key[0])};
                """);
            return;
        }

        writer.Open(signature);
        writer.Line($"int order = {Compare(key[0])};");
        foreach (ColumnModel column in key.Skip(1))
        {
            writer.Open("if (order == 0)");
            writer.Line($"order = {Compare(column)};");
            writer.Close();
            writer.Line();
        }

        writer.Line("return order;");
        writer.Close();

        string Compare(ColumnModel column) =>
            $"global::DbMove.Mapping.KeyOrder.Compare({ColumnText.Stored(entity, column, Part(entity, column, "left"))}, {ColumnText.Stored(entity, column, Part(entity, column, "right"))})";
    }

    private static void EmitWrite(SourceWriter writer, EntityModel entity, ColumnModel[] key)
    {
        writer.Open(
            $"""
            /// <inheritdoc/>
            public static void WriteKey<TSink>({entity.KeyType} key, int keyOrdinal, ref TSink sink)
                where TSink : struct, global::DbMove.Mapping.IColumnSink, allows ref struct
            """);
        writer.Open("switch (keyOrdinal)");
        foreach (ColumnModel column in key)
        {
            writer.Lines(
                $"""
                case {column.KeyOrdinal}:
                    sink.Write({ColumnText.Stored(entity, column, Part(entity, column, "key"))});
                    return;
                """);
        }

        writer.Lines(
            """
            default:
                throw new global::System.ArgumentOutOfRangeException(nameof(keyOrdinal));
            """);
        writer.Close();
        writer.Close();
    }

    private static string Part(EntityModel entity, ColumnModel column, string key) =>
        entity.HasCompositeKey ? key + "." + column.Identifier : key;

    private static string Make(EntityModel entity, IEnumerable<string> parts) =>
        entity.HasCompositeKey ? $"new {entity.KeyStructName}({string.Join(", ", parts)})" : parts.Single();
}
