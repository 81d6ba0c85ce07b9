using DbMove.Dialects;
using DbMove.Mapping;
using Npgsql;

namespace DbMove.PostgreSql;

/// <summary>A PostgreSQL database as one side of a migration.</summary>
internal sealed class PostgreSqlDatabase : SideDatabase
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly bool _ownsDataSource;
    private readonly TableFactsRegistry _facts = new();
    private TransactionPrologue? _prologue;
    private volatile string? _durableCommit;

    public PostgreSqlDatabase(Side side, NpgsqlDataSource dataSource, bool ownsDataSource)
    {
        Side = side;
        _dataSource = dataSource;
        _ownsDataSource = ownsDataSource;
        NpgsqlConnectionStringBuilder address = new(dataSource.ConnectionString);
        DisplayName = $"{address.Host}:{address.Port}/{address.Database ?? address.Username}";
    }

    public override string Dialect => "postgresql";

    public override string DisplayName { get; }

    public override Side Side { get; }

    public override SqlSyntax Syntax => PostgreSqlSyntax.Instance;

    /// <summary>
    /// Makes a transaction's commit durable, on the required standbys too. Part of every transaction: the setting can be
    /// weakened for the role, the database or the server at any time, and a pooled connection learns of it unseen.
    /// </summary>
    internal string DurableCommit => _durableCommit ?? "SET LOCAL synchronous_commit = on";

    internal TransactionTimeouts Timeouts { get; } = new();

    internal TransactionPrologue Prologue =>
        _prologue ?? throw new InvalidOperationException("The database is not attached to a migration, so it has no fence.");

    public override void Attach(ControlNames control)
    {
        ArgumentNullException.ThrowIfNull(control);
        _prologue = new TransactionPrologue(control, Side);
    }

    public override async ValueTask<SideSession> OpenAsync(SessionUse use, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        PostgreSqlSession session = new(this, connection);
        if (_durableCommit is null)
        {
            bool known = false;
            try
            {
                // The one setting that is stronger: commits wait until standbys show them, which is kept where it is asked for.
                string? setting = await session.ReadScalarAsync("SHOW synchronous_commit", cancellationToken).ConfigureAwait(false);
                _durableCommit = "SET LOCAL synchronous_commit = " + (setting == "remote_apply" ? setting : "on");
                known = true;
            }
            finally
            {
                if (!known)
                {
                    await session.DisposeAsync().ConfigureAwait(false);
                }
            }
        }

        return session;
    }

    public override FailureKind? Classify(Exception exception) => PostgreSqlFailures.Classify(exception);

    public override FailureKind ClassifyCommit(Exception exception) => PostgreSqlFailures.ClassifyCommit(exception);

    public override bool IsConnectionLost(Exception exception) => PostgreSqlFailures.IsConnectionLost(exception);

    public override bool IsLockTimeout(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    public override Task<DatabaseIdentity> IdentifyAsync(SideSession session, CancellationToken cancellationToken) =>
        ServerIdentity.ReadAsync(session, cancellationToken);

    public override Task<IReadOnlyList<string>> CheckServerAsync(
        SideSession session, ControlNames control, bool requireDurability, CancellationToken cancellationToken) =>
        ServerCheck.RunAsync(session, control, requireDurability, cancellationToken);

    public override async Task<TableSchema?> DescribeAsync(SideSession session, TableName table, CancellationToken cancellationToken)
    {
        await _facts.ReadHashProbeAsync(session, cancellationToken).ConfigureAwait(false);
        CatalogueReader catalogue = new(session, _facts);
        return await catalogue.DescribeAsync(table, cancellationToken).ConfigureAwait(false);
    }

    public override string? CheckColumn(ColumnDescriptor column, ColumnSchema schema)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(schema);
        return ColumnRules.Check(column, schema, Side);
    }

    // PostgreSQL's durability and concurrency need no setting of the database's own.
    public override Task PrepareAsync(SideSession session, CancellationToken cancellationToken) => Task.CompletedTask;

    public override IEntityStore<TEntity, TKey> CreateStore<TEntity, TKey, TMap>(StoreDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        EntityStatements statements = new(definition, _facts.Find(definition.Table.PhysicalId), _facts.HashProbe);
        return new PostgreSqlStore<TEntity, TKey, TMap>(statements);
    }

    public override ValueTask DisposeAsync() => _ownsDataSource ? _dataSource.DisposeAsync() : ValueTask.CompletedTask;
}
