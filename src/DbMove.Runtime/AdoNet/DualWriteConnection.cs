using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DbMove.AdoNet.Execution;
using DbMove.AdoNet.Readers;

namespace DbMove.AdoNet;

/// <summary>A connection of a <see cref="DualWriteDataSource"/>. It holds no connection of a driver while it is idle. Not thread-safe.</summary>
public sealed class DualWriteConnection : DbConnection
{
    private readonly DualWriteDataSource _source;
    private readonly List<DbDataReader> _readers = [];
    private ConnectionState _state;
    private bool _isClosing;

    internal DualWriteConnection(DualWriteDataSource source) => _source = source;

    /// <summary>Names the migration. It cannot be set: a connection comes from its data source.</summary>
    [AllowNull]
    public override string ConnectionString
    {
        get => _source.ConnectionString;
        set => throw new NotSupportedException("A connection of a DualWriteDataSource cannot be sent elsewhere: which database it means is for the migration's stage to say.");
    }

    /// <summary>The migration's name.</summary>
    public override string Database => _source.Migration.Name;

    /// <summary>Both databases, without secrets.</summary>
    public override string DataSource =>
        $"{_source.Migration.Context.Database(Side.Source).DisplayName} -> {_source.Migration.Context.Database(Side.Target).DisplayName}";

    /// <summary>The dialects of source and target.</summary>
    public override string ServerVersion =>
        $"{_source.Migration.Context.Database(Side.Source).Dialect}, {_source.Migration.Context.Database(Side.Target).Dialect}";

    /// <inheritdoc/>
    public override ConnectionState State => _state;

    /// <inheritdoc/>
    public override bool CanCreateBatch => true;

    /// <summary>The open transaction; commands take part in it whether or not they name it.</summary>
    internal DualWriteDbTransaction? Current { get; set; }

    internal DualWriteDataSource Source => _source;

    /// <summary>Opens it. Nothing is sent.</summary>
    /// <exception cref="ObjectDisposedException">The data source is closed.</exception>
    /// <exception cref="MigrationNotRunningException">The migration was not started, or was stopped.</exception>
    /// <exception cref="InvalidOperationException">It is open already.</exception>
    /// <exception cref="NotSupportedException">A <c>TransactionScope</c> is open around the call.</exception>
    public override void Open()
    {
        AmbientTransaction.Refuse();
        _source.Work.ThrowIfClosed();
        if (_state == ConnectionState.Open)
        {
            throw new InvalidOperationException("The connection is open already.");
        }

        if (!_source.Migration.IsStarted)
        {
            throw new MigrationNotRunningException(_source.Migration.Name);
        }

        Change(ConnectionState.Open);
    }

    /// <summary>Closes it with its open readers, cancels what they still receive, and rolls back an open transaction.</summary>
    public override void Close() => CloseAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Close"/>
    public override async Task CloseAsync()
    {
        // A reader that closes its connection with itself is closed here too.
        if (_state != ConnectionState.Open || _isClosing)
        {
            return;
        }

        _isClosing = true;
        try
        {
            foreach (DbDataReader reader in _readers.ToArray())
            {
                await (reader is DriverReader streaming ? streaming.AbandonAsync() : reader.CloseAsync()).ConfigureAwait(false);
            }

            if (Current is { } transaction)
            {
                await transaction.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _isClosing = false;
            Change(ConnectionState.Closed);
        }
    }

    /// <summary>Not supported: which database a command runs on is for the migration's stage to say.</summary>
    public override void ChangeDatabase(string databaseName) =>
        throw new NotSupportedException("The database cannot be changed: which one a command runs on is for the migration's stage to say.");

    /// <summary>Not supported: two databases would need a distributed commit.</summary>
    public override void EnlistTransaction(System.Transactions.Transaction? transaction)
    {
        if (transaction is not null)
        {
            throw new NotSupportedException("Distributed transactions are not supported: their commit is another one than DbMove's. Use BeginTransaction.");
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    internal void RequireOpen()
    {
        if (_state != ConnectionState.Open)
        {
            throw new InvalidOperationException("The connection is closed. Open it first.");
        }
    }

    internal Task<DbDataReader> ExecuteAsync(IReadOnlyList<CommandPart> parts, DbTransaction? transaction, CommandBehavior behavior, CancellationToken cancellationToken)
    {
        RequireOpen();
        if (transaction is not null && !ReferenceEquals(transaction, Current))
        {
            throw new InvalidOperationException("The command names a transaction that is over, or that belongs to another connection.");
        }

        return _source.Executor.ExecuteAsync(this, parts, behavior, cancellationToken);
    }

    /// <summary>A reader was opened: it is closed with the connection at the latest.</summary>
    internal void Remember(DbDataReader reader) => _readers.Add(reader);

    /// <summary>A reader was closed.</summary>
    internal void Forget(DbDataReader reader) => _readers.Remove(reader);

    /// <summary>A reader was closed that closes the connection with itself.</summary>
    internal void CloseAfter(DbDataReader reader)
    {
        Forget(reader);
        Close();
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        BeginDbTransactionAsync(isolationLevel, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        AmbientTransaction.Refuse();
        RequireOpen();
        if (Current is not null)
        {
            throw new InvalidOperationException("The connection has a transaction already. Use its Save for a part that may be rolled back.");
        }

        IsolationLevel isolation = isolationLevel == IsolationLevel.Unspecified ? IsolationLevel.ReadCommitted : isolationLevel;
        IDisposable entry = _source.Work.Hold();
        try
        {
            DualWriteTransaction inner = await DriverFailure.SurfaceAsync(_source.Migration.BeginTransactionAsync(isolation, cancellationToken)).ConfigureAwait(false);
            Current = new DualWriteDbTransaction(this, inner, isolation, entry);
            return Current;
        }
        finally
        {
            if (Current is null)
            {
                entry.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => new DualWriteCommand { Connection = this };

    /// <inheritdoc/>
    protected override DbBatch CreateDbBatch() => new DualWriteBatch { Connection = this };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    private void Change(ConnectionState state)
    {
        (ConnectionState before, _state) = (_state, state);
        OnStateChange(new StateChangeEventArgs(before, state));
    }
}
