using DbMove.Roslyn;

namespace DbMove.Generators.Model;

/// <summary>A parameter of a <c>[Sql]</c> method.</summary>
internal sealed record MethodParameterModel
{
    /// <summary>The name as the statement has it.</summary>
    public required string Name { get; init; }

    /// <summary>The name as code writes it.</summary>
    public required string Identifier { get; init; }

    /// <summary>The type as it is declared.</summary>
    public required string Type { get; init; }

    /// <summary>The default value as code writes it; null: there is none.</summary>
    public required string? Default { get; init; }

    public required MethodRole Role { get; init; }

    /// <summary>Whether the value may be null, whatever is declared.</summary>
    public required bool CanBeNull { get; init; }

    /// <summary>The ordinal of the column that it meets in the source's text; -1: none.</summary>
    public required int SourceOrdinal { get; init; }

    public required int TargetOrdinal { get; init; }

    /// <summary>The ordinals of the columns that it meets besides in the source's text.</summary>
    public required EquatableArray<int> SourceOthers { get; init; }

    public required EquatableArray<int> TargetOthers { get; init; }

    /// <summary>Whether it is compared by order with a column that it meets.</summary>
    public required bool IsOrdered { get; init; }

    public required MethodBinding Binding { get; init; }

    /// <summary>The column in whose form the value is bound, or one made up of its type; null for what is no value.</summary>
    public required ColumnModel? Column { get; init; }
}
