namespace DbMove.Generators.Model;

/// <summary>One value that is read from a row.</summary>
/// <param name="Name">The name of the record's parameter or property.</param>
/// <param name="Identifier">The name as code writes it.</param>
/// <param name="SourceColumn">The column of the member of that name, on the source; null: there is none.</param>
/// <param name="TargetColumn">The same on the target.</param>
/// <param name="Column">The column that it is restored as, or one made up of its type.</param>
internal sealed record MethodFieldModel(string Name, string Identifier, string? SourceColumn, string? TargetColumn, ColumnModel Column);
