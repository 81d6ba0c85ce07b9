using DbMove.Mapping;

namespace DbMove.Dialects;

/// <summary>
/// One side of a migration, through its dialect: opens sessions, composes stores, describes tables and classifies
/// failures. One instance per side and migration, thread-safe, with connections of its own.
/// </summary>
public abstract class SideDatabase : IAsyncDisposable
{
    /// <summary>The dialect's name in metrics and messages: <c>sqlite</c>, <c>postgresql</c>.</summary>
    public abstract string Dialect { get; }

    /// <summary>Which database this is, for messages: file, or host, port and database. Holds no secret.</summary>
    public abstract string DisplayName { get; }

    /// <summary>Which side this database is.</summary>
    public abstract Side Side { get; }

    /// <summary>The engine's words for statements on control tables.</summary>
    public abstract SqlSyntax Syntax { get; }

    /// <summary>
    /// Tells the database which migration's fence and key locks its sessions take. Called once, before the first session
    /// begins a transaction with a fence.
    /// </summary>
    public abstract void Attach(ControlNames control);

    /// <summary>Opens a session. An unreachable server throws the driver's exception (<see cref="FailureKind.Availability"/>).</summary>
    public abstract ValueTask<SideSession> OpenAsync(SessionUse use, CancellationToken cancellationToken);

    /// <summary>What an exception of a statement means; null when it is not the database's (a cancelled token, a bug in a caller).</summary>
    public abstract FailureKind? Classify(Exception exception);

    /// <summary>What an exception of a commit means: <see cref="FailureKind.UnknownOutcome"/>, or a kind that says it was certainly not committed.</summary>
    public abstract FailureKind ClassifyCommit(Exception exception);

    /// <summary>
    /// Whether an exception that <see cref="Classify"/> calls <see cref="FailureKind.Availability"/> says that the connection was lost, or
    /// refused at once, so that another one may do. Not after a wait that ran out: that is not to be waited for again. Where there
    /// are no connections to lose, never.
    /// </summary>
    public virtual bool IsConnectionLost(Exception exception) => false;

    /// <summary>
    /// Whether an exception that <see cref="Classify"/> calls <see cref="FailureKind.Availability"/> says that somebody else's lock
    /// was waited for long enough: the server is well. Where there is one lock for all, never.
    /// </summary>
    public virtual bool IsLockTimeout(Exception exception) => false;

    /// <summary>Which server and database answer.</summary>
    public abstract Task<DatabaseIdentity> IdentifyAsync(SideSession session, CancellationToken cancellationToken);

    /// <summary>
    /// Checks what does not concern a table: server version, privileges (create, read, write in the control tables'
    /// schema), durability, not a read-only replica. Changes nothing. Empty: all is well; else one sentence each, with the remedy.
    /// </summary>
    public abstract Task<IReadOnlyList<string>> CheckServerAsync(SideSession session, ControlNames control, bool requireDurability, CancellationToken cancellationToken);

    /// <summary>Describes a table; null when there is none of that name.</summary>
    public abstract Task<TableSchema?> DescribeAsync(SideSession session, TableName table, CancellationToken cancellationToken);

    /// <summary>
    /// Checks that a member can be bound to and read from a column without loss. Null: it can; else why not and the remedy.
    /// </summary>
    public abstract string? CheckColumn(ColumnDescriptor column, ColumnSchema schema);

    /// <summary>
    /// Readies the database itself for live writes when the control tables are made (SQLite: write-ahead log). Idempotent.
    /// </summary>
    public abstract Task PrepareAsync(SideSession session, CancellationToken cancellationToken);

    /// <summary>Composes the statements of an entity.</summary>
    public abstract IEntityStore<TEntity, TKey> CreateStore<TEntity, TKey, TMap>(StoreDefinition definition)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>;

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
