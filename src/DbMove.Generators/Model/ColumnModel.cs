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

    /// <summary>The form on the target; null when it is the same.</summary>
    public required FormModel? TargetForm { get; init; }

    /// <summary>The column in its forms, the source's first: one, or two.</summary>
    public IEnumerable<ColumnModel> Forms =>
        TargetForm is { } target ? [this, this with { Type = target.Type, Storage = target.Storage, TargetForm = null }] : [this];

    /// <summary>The form that rows are compared in: where one side alone converts, what the other one holds is the value itself.</summary>
    public ColumnModel ComparedForm => Forms.FirstOrDefault(static form => form.Storage is not { Converter: not null }) ?? Forms.First();

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
