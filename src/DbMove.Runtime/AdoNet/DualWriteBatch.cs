using System.Data;
using System.Data.Common;
using DbMove.AdoNet.Execution;

namespace DbMove.AdoNet;

/// <summary>Several commands as one: outside a transaction they are one of their own, all or nothing. Not thread-safe.</summary>
public sealed class DualWriteBatch : DbBatch
{
    private readonly CommandRun _run = new();
    private readonly DualWriteBatchCommandCollection _commands = [];
    private readonly DualWriteDataSource? _source;
    private DualWriteConnection? _connection;
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
    public override void Cancel() => _run.Cancel();

    /// <inheritdoc/>
    public override int ExecuteNonQuery() => ExecuteNonQueryAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default) =>
        CommandRun.CountAsync(RunAsync(CommandBehavior.Default, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override object? ExecuteScalar() => ExecuteScalarAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) =>
        CommandRun.ScalarAsync(RunAsync(CommandBehavior.Default, cancellationToken), cancellationToken);

    /// <summary>Has the commands prepared; see <see cref="DualWriteCommand.Prepare"/>.</summary>
    public override void Prepare() => PrepareAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Prepare"/>
    public override async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        DualWriteConnection connection = RequireConnection();
        _isPrepared = true;
        await connection.Source.Preparer.PrepareAsync(
            connection, [.. _commands.Typed().Select(command => command.ToPart(Timeout, isPrepared: true))], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override DbBatchCommand CreateDbBatchCommand() => new DualWriteBatchCommand();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => RunAsync(behavior, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) => RunAsync(behavior, cancellationToken);

    private async Task<DbDataReader> RunAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await _run.ReadAsync(RequireConnection(), [.. _commands.Typed().Select(command => command.ToPart(Timeout, _isPrepared))], DbTransaction, behavior, cancellationToken).ConfigureAwait(false);

    // An open connection holds nothing, so that of a data source's batch is opened once and left to itself.
    private DualWriteConnection RequireConnection() => (_connection ??= _source?.OpenConnection()) ?? throw new InvalidOperationException("The batch has no connection.");
}
