using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>The entity's generated half: the way to its companions, and the making of an entity from a row.</summary>
internal static class EntityHalfEmitter
{
    public static OutputFile Emit(EntityModel entity)
    {
        SourceWriter writer = SourceWriter.ForFile(entity.Scope);
        string contract = $"global::DbMove.Mapping.IMigratable<{entity.FullName}>";

        writer.Open($"partial {entity.Keyword} {entity.Identifier} : {contract}");
        writer.Lines(
            $"""
            /// <inheritdoc/>
            {SourceWriter.GeneratedCode}
            static TResult {contract}.Accept<TResult>(global::DbMove.Mapping.IEntityVisitor<TResult> visitor) =>
                visitor.Visit<{entity.FullName}, {entity.KeyType}, {entity.MapName}>();

            """);
        writer.Open(
            $"""
            /// <inheritdoc/>
            {SourceWriter.GeneratedCode}
            static void {contract}.AddServices(global::DbMove.Mapping.IMigratableServices services)
            """);
        writer.Line($"services.Add<{entity.RepositoryName}>(static migration => new {entity.RepositoryName}(migration));");
        if (entity.InterfaceName is { } contractName)
        {
            writer.Line($"services.AddAs<{contractName}, {entity.RepositoryName}>();");
        }

        writer.Line($"services.Add<{entity.FixerName}>(static migration => new {entity.FixerName}(migration));");
        writer.Close();
        writer.Line();
        EmitRead(writer, entity);
        writer.Close();
        return writer.ToFile(entity.HintPrefix + ".Entity.g.cs");
    }

    // In the entity itself, where constructors and accessors that nobody else may use are at hand.
    private static void EmitRead(SourceWriter writer, EntityModel entity)
    {
        writer.Lines(
            $"""
            /// <summary>Makes an entity from a row. Called by <see cref="{entity.MapName}"/>.</summary>
            {SourceWriter.GeneratedCode}
            [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
            internal static {entity.FullName} ReadDbMoveRow<TReader>(ref TReader reader)
                where TReader : struct, global::DbMove.Mapping.IColumnReader, allows ref struct =>
            """);
        string arguments = string.Join(", ", entity.ConstructorArguments.Select(ordinal => "\n        " + ColumnText.Read(entity, entity.Columns[ordinal], ordinal)));
        string end = entity.Initialized.Count == 0 ? ";" : "";
        writer.Lines($"    new {entity.FullName}({arguments.Replace(", \n", ",\n")}){end}");
        if (entity.Initialized.Count == 0)
        {
            return;
        }

        writer.Line("    {");
        foreach (int ordinal in entity.Initialized)
        {
            ColumnModel column = entity.Columns[ordinal];
            writer.Line($"        {column.Identifier} = {ColumnText.Read(entity, column, ordinal)},");
        }

        writer.Line("    };");
    }
}
