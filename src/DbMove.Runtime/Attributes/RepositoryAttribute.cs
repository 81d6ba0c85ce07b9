namespace DbMove;

/// <summary>
/// Makes this partial class the dual-write repository of <typeparamref name="TEntity"/>, where it is named otherwise
/// than <c>{Entity}Repository</c> or lives in another namespace.
/// </summary>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RepositoryAttribute<TEntity> : Attribute;
