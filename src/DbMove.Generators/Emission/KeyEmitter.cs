using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The key type of a composite key.</summary>
internal static class KeyEmitter
{
    public static OutputFile Emit(EntityModel entity)
    {
        ColumnModel[] key = [.. entity.Key.Select(ordinal => entity.Columns[ordinal])];
        SourceWriter writer = SourceWriter.ForFile(entity.Scope);
        writer.Line($"/// <summary>The key of <see cref=\"{entity.FullName}\"/>.</summary>");
        foreach (ColumnModel column in key)
        {
            writer.Line($"/// <param name=\"{column.Name}\">The key's part {column.KeyOrdinal + 1} of {key.Length}.</param>");
        }

        writer.Lines(
            $"""
            {SourceWriter.GeneratedCode}
            {entity.Accessibility} readonly record struct {entity.Name}Key({string.Join(", ", key.Select(static column => $"{column.TypeName} {column.Identifier}"))});
            """);
        return writer.ToFile(entity.HintPrefix + ".Key.g.cs");
    }
}
