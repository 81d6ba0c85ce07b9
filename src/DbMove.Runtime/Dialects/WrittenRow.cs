namespace DbMove.Dialects;

/// <summary>One row that a write on the authority touched.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <param name="Image">The row as the authority holds it after the write; for a delete, the row that went.</param>
/// <param name="IntentId">The intent that the same transaction recorded; 0 where the stage records none.</param>
public readonly record struct WrittenRow<TEntity>(TEntity Image, long IntentId);
