using DbMove.Mapping;

namespace DbMove.Pool;

/// <summary>A savepoint of a transaction on the authority, and what was written up to it.</summary>
/// <param name="Name">The caller's name for it.</param>
/// <param name="Identifier">Its name in the database: a caller's may be too long, or differ from another only by case.</param>
/// <param name="Marks">What was written, by entity.</param>
/// <param name="Dirty">The entities that were marked dirty.</param>
internal sealed record Savepoint(string Name, string Identifier, Dictionary<EntityBinding, ChangesMark> Marks, HashSet<EntityBinding> Dirty);
