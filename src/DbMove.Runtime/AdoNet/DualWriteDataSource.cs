using System.Data.Common;
using DbMove.AdoNet;
using DbMove.AdoNet.Execution;
using DbMove.Pool;

namespace DbMove;

/// <summary>
/// A migration as an ADO.NET data source, for existing code that writes its own SQL, such as Dapper's: every command runs on
/// the authority of the moment, and in a dual stage the rows that it changed reach the follower as images, with the same
/// intents, fences and order of commits as a repository's writes.
/// </summary>
/// <remarks>
/// The follower never runs the statement: the keys of the changed rows come back with <c>RETURNING</c>, and the rows are read
/// again before the commit. What nothing tells the rows of is refused with a <see cref="StatementRefusedException"/>, or allowed
/// by <see cref="DualWriteDataSourceOptions"/>. The data source is thread-safe; its connections are not, and hold nothing while
/// they are idle. Synchronous members block the calling thread on the asynchronous ones, which never come back to its
/// context, so they cannot deadlock. What the authority's driver throws for a statement is thrown as it is.
/// </remarks>
public sealed class DualWriteDataSource : DbDataSource
{
    private readonly DualWriteDataSourceOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the data source of a migration. It opens nothing.</summary>
    /// <param name="migration">The migration. It must be started before the first connection is opened.</param>
    /// <param name="options">How it behaves; null: as <see cref="MigrationOptions.AdoNet"/> says.</param>
    /// <exception cref="MigrationConfigurationException">An option is out of range.</exception>
    public DualWriteDataSource(Migration migration, DualWriteDataSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(migration);
        Migration = migration;
        _options = options ?? migration.Context.Options.AdoNet;
        _time = migration.Context.Time;
        DataSourceOptionsCheck.Check(migration.Name, _options);
        Work = new WorkInFlight(nameof(DualWriteDataSource), static () => new InvalidOperationException("The data source is not open."));
        Work.Open();
        StatementRunner runner = new(migration.Context, new StatementPlanner(migration.Context, _options), _options);
        (Executor, Preparer) = (new CommandExecutor(migration, runner, Work), new CommandPreparer(migration, runner, Work));
    }

    /// <summary>The migration.</summary>
    public Migration Migration { get; }

    /// <summary>Names the migration. It holds no address and no secret, and no driver can open it.</summary>
    public override string ConnectionString => "Migration=" + Migration.Name;

    internal WorkInFlight Work { get; }

    internal CommandExecutor Executor { get; }

    internal CommandPreparer Preparer { get; }

    /// <summary>Makes a closed connection.</summary>
    public new DualWriteConnection CreateConnection() => new(this);

    /// <summary>Makes an open connection. Nothing is sent: a command takes a connection of the driver's while it runs.</summary>
    /// <exception cref="ObjectDisposedException">The data source is closed.</exception>
    /// <exception cref="MigrationNotRunningException">The migration was not started, or was stopped.</exception>
    public new DualWriteConnection OpenConnection()
    {
        DualWriteConnection connection = CreateConnection();
        connection.Open();
        return connection;
    }

    /// <summary>Makes an open connection; see <see cref="OpenConnection"/>.</summary>
    public new ValueTask<DualWriteConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(OpenConnection());
    }

    /// <summary>Looks at both sides, the intents and the background work. Never throws for what it finds.</summary>
    public Task<MigrationHealth> CheckHealthAsync(CancellationToken cancellationToken = default) => Migration.CheckHealthAsync(cancellationToken);

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => CreateConnection();

    /// <inheritdoc/>
    protected override DbBatch CreateDbBatch() => new DualWriteBatch(this);

    /// <summary>
    /// Lets no new command or transaction begin, and waits until those in flight are over, at most
    /// <see cref="DualWriteDataSourceOptions.CloseTimeout"/>. The migration stays as it is.
    /// </summary>
    protected override async ValueTask DisposeAsyncCore()
    {
        if (await Work.CloseAsync(forGood: true, _options.CloseTimeout, _time, CancellationToken.None).ConfigureAwait(false) > 0)
        {
            AdoNetLog.ClosedEarly(Migration.Context.Logger, Migration.Name, _options.CloseTimeout);
        }

        await base.DisposeAsyncCore().ConfigureAwait(false);
    }

    /// <inheritdoc cref="DisposeAsyncCore"/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            DisposeAsyncCore().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }
}
