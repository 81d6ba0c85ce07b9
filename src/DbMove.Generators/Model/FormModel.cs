using DbMove.Roslyn;

namespace DbMove.Generators.Model;

/// <summary>How a column is stored on a side where that differs from the other.</summary>
/// <param name="Type">What the stored value is bound as.</param>
/// <param name="Storage">How the value is stored; null when it is stored as it is.</param>
internal sealed record FormModel(ColumnType Type, StorageModel? Storage);
