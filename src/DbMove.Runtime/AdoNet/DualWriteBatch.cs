using System.Data;
using System.Data.Common;

namespace DbMove.AdoNet;

/// <summary>Several commands as one: outside a transaction they are one of their own, all or nothing. Not thread-safe.</summary>
public sealed class DualWriteBatch : DbBatch
{
    private readonly DualWriteBatchCommandCollection _commands = [];
    private readonly DualWriteDataSource? _source;
    private DualWriteConnection? _connection;
    private CancellationTokenSource? _running;
    private bool _isPrepared;

    /// <summary>Makes a batch without a connection.</summary>
    public DualWriteBatch()
    {
    }

    internal DualWriteBatch(DualWriteDataSource source) => _source = source;

    /// <summary>How long a statement may run on the authority, in seconds; 0: without limit. Default 30.</summary>
    public override int Timeout { get; set; } = 30;

    /// <inheritdoc/>
    protected override DbBatchCommandCollection DbBatchCommands => _commands;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = value is null or DualWriteConnection ? (DualWriteConnection?)value : throw new ArgumentException("The connection is not one of a DualWriteDataSource.", nameof(value));
    }

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>Asks the batch, if it runs now, to end.</summary>
    public override void Cancel()
    {
        try
        {
            Volatile.Read(ref _running)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }

    /// <inheritdoc/>
    public override int ExecuteNonQuery() => ExecuteNonQueryAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default)
    {
        DbDataReader reader = await RunAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }

        return reader.RecordsAffected;
    }

    /// <inheritdoc/>
    public override object? ExecuteScalar() => ExecuteScalarAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default)
    {
        DbDataReader reader = await RunAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return reader.FieldCount > 0 && await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetValue(0) : null;
        }
    }

    /// <summary>Has the commands prepared; see <see cref="DualWriteCommand.Prepare"/>.</summary>
    public override void Prepare() => PrepareAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Prepare"/>
    public override async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        DualWriteConnection connection = RequireConnection();
        connection.RequireOpen();
        _isPrepared = true;
        foreach (DualWriteBatchCommand command in _commands.Typed().Where(_ => connection.Current is null))
        {
            await connection.Source.Executor.PrepareAsync(command.ToPart(Timeout, isPrepared: true), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override DbBatchCommand CreateDbBatchCommand() => new DualWriteBatchCommand();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => RunAsync(behavior, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) => RunAsync(behavior, cancellationToken);

    private async Task<DbDataReader> RunAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        DualWriteConnection connection = RequireConnection();
        using CancellationTokenSource running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Volatile.Write(ref _running, running);
        try
        {
            CommandPart[] parts = [.. _commands.Typed().Select(command => command.ToPart(Timeout, _isPrepared))];
            return await connection.ExecuteAsync(parts, DbTransaction, behavior, running.Token).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _running, null);
        }
    }

    // An open connection holds nothing, so that of a data source's batch is opened once and left to itself.
    private DualWriteConnection RequireConnection() => (_connection ??= _source?.OpenConnection()) ?? throw new InvalidOperationException("The batch has no connection.");
}
