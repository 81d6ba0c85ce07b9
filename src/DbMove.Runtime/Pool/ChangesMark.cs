namespace DbMove.Pool;

/// <summary>What a transaction had written of one entity at a savepoint.</summary>
/// <param name="Journal">The length of its journal.</param>
/// <param name="Intents">How many intents there were.</param>
internal readonly record struct ChangesMark(int Journal, int Intents);
