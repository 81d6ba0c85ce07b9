using DbMove.Roslyn;

namespace DbMove.Generators.Model;

/// <summary>One mapped member.</summary>
internal sealed record ColumnModel
{
    public required int Ordinal { get; init; }

    /// <summary>The member's name as metadata has it.</summary>
    public required string Name { get; init; }

    /// <summary>The member's name as code writes it: a keyword has its <c>@</c>.</summary>
    public required string Identifier { get; init; }

    public required string SourceName { get; init; }

    public required string TargetName { get; init; }

    public required ColumnType Type { get; init; }

    /// <summary>The member's type without nullable wrapper or annotation, fully qualified.</summary>
    public required string TypeName { get; init; }

    /// <summary>How the value is stored; null when it is stored as it is.</summary>
    public required StorageModel? Storage { get; init; }

    public required bool IsNullable { get; init; }

    public required bool IsReference { get; init; }

    /// <summary>Position in the key; -1 when the column is not part of it.</summary>
    public required int KeyOrdinal { get; init; }

    /// <summary>The name of the runtime's <c>GeneratedValue</c> member.</summary>
    public required string Generated { get; init; }

    /// <summary>The name of the one <c>Side</c> that has the column; null when both have it.</summary>
    public required string? OnlyOn { get; init; }

    public required bool IsUpdatedAt { get; init; }

    public required bool IsConcurrencyToken { get; init; }

    public required bool IsRowVersion { get; init; }

    /// <summary>By what the column is compared; null: by its value, or one side alone has it.</summary>
    public required ComparisonModel? Comparison { get; init; }

    /// <summary>Whether rows are compared by the column.</summary>
    public bool IsCompared => OnlyOn is null && Comparison?.Kind != ComparisonKind.None;
}
