using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The map: descriptor, binding, reading, keys. Its parts are emitted by <see cref="DescriptorEmitter"/> and <see cref="KeyMembersEmitter"/>.</summary>
internal static class MapEmitter
{
    public static OutputFile Emit(EntityModel entity)
    {
        SourceWriter writer = SourceWriter.ForFile(entity.Scope);
        // A struct, so that the runtime compiles each use for this map alone and calls its members directly.
        writer.Open(
            $"""
            /// <summary>How <see cref="{entity.FullName}"/> is bound, read, compared and keyed.</summary>
            {SourceWriter.GeneratedCode}
            [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
            {entity.Accessibility} readonly struct {entity.Name}Map : global::DbMove.Mapping.IEntityMap<{entity.FullName}, {entity.KeyType}>
            """);
        DescriptorEmitter.Emit(writer, entity);
        writer.Line();
        KeyMembersEmitter.Emit(writer, entity);
        writer.Line();
        EmitWriteColumn(writer, entity);
        writer.Line();
        writer.Lines(
            $"""
            /// <inheritdoc/>
            public static {entity.FullName} Read<TReader>(ref TReader reader)
                where TReader : struct, global::DbMove.Mapping.IColumnReader, allows ref struct =>
                {entity.FullName}.ReadDbMoveRow(ref reader);

            /// <inheritdoc/>
            public static global::DbMove.Mapping.ColumnSet Compare({entity.FullName} expected, {entity.FullName} actual) =>
                {entity.ComparerName}.FindDifferences(expected, actual);

            /// <inheritdoc/>
            public static bool HoldSame({entity.FullName} expected, {entity.FullName} actual) =>
                {entity.ComparerName}.{(entity.Columns.Any(static column => column.Comparison is not null) ? "HoldSame(expected, actual)" : "FindDifferences(expected, actual).IsEmpty")};
            """);
        TokenEmitter.Emit(writer, entity);
        EnumTextEmitter.Emit(writer, entity);
        JsonEmitter.Emit(writer, entity);
        writer.Close();
        return writer.ToFile(entity.HintPrefix + ".Map.g.cs");
    }

    private static void EmitWriteColumn(SourceWriter writer, EntityModel entity)
    {
        writer.Open(
            $"""
            /// <inheritdoc/>
            public static void WriteColumn<TSink>({entity.FullName} entity, int ordinal, ref TSink sink)
                where TSink : struct, global::DbMove.Mapping.IColumnSink, allows ref struct
            """);
        writer.Open("switch (ordinal)");
        foreach (ColumnModel column in entity.Columns)
        {
            EmitWrite(writer, entity, column);
        }

        writer.Lines(
            """
            default:
                throw new global::System.ArgumentOutOfRangeException(nameof(ordinal));
            """);
        writer.Close();
        writer.Close();
    }

    private static void EmitWrite(SourceWriter writer, EntityModel entity, ColumnModel column)
    {
        string member = "entity." + column.Identifier;
        writer.Line($"case {column.Ordinal}:");
        if (!column.IsNullable)
        {
            string value = column.IsReference ? ColumnText.Required(entity, column, member) : member;
            string statement = ColumnText.Write(entity, column, value);
            writer.Lines("    " + statement.Replace("\n", "\n    ") + (statement.Contains('\n') ? "\n" : "") + "\n    return;");
            return;
        }

        // Pattern variables share the scope of the whole switch.
        string local = "value" + column.Ordinal;
        string write = ColumnText.Write(entity, column, local).Replace("\n", "\n        ");
        writer.Lines(
            $$"""
                if ({{member}} is { } {{local}})
                {
                    {{write}}
                }
                else
                {
                    sink.WriteNull();
                }

                return;
            """);
    }
}
