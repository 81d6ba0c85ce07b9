using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DbMove.AdoNet.Execution;

namespace DbMove.AdoNet;

/// <summary>
/// A command of a <see cref="DualWriteConnection"/>. What of it writes is recognized in every path, also where it returns rows;
/// outside a transaction it is one of its own, committed before the first row is given out. Not thread-safe.
/// </summary>
public sealed class DualWriteCommand : DbCommand
{
    private readonly CommandRun _run = new();
    private readonly DualWriteParameterCollection _parameters = [];
    private DualWriteConnection? _connection;
    private DbTransaction? _transaction;
    private bool _isPrepared;
    private string _text = string.Empty;
    private int _timeout = 30;

    /// <summary>The text: one statement or several, in the words of the authority's engine.</summary>
    [AllowNull]
    public override string CommandText
    {
        get => _text;
        set => _text = value ?? string.Empty;
    }

    /// <summary>
    /// The text where the target is the authority, if it is another one; null (the default): what
    /// <see cref="DualWriteDataSourceOptions.TargetText"/> makes of <see cref="CommandText"/>, else the same.
    /// </summary>
    public string? TargetCommandText { get; set; }

    /// <summary>How long a statement may run on the authority, in seconds; 0: without limit. Default 30.</summary>
    public override int CommandTimeout
    {
        get => _timeout;
        set => _timeout = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time-out is not negative.");
    }

    /// <summary>
    /// Only <see cref="CommandType.Text"/>: what a procedure writes nobody sees. A text that is one keyword, which Dapper takes for a
    /// procedure, stays a text.
    /// </summary>
    /// <exception cref="NotSupportedException">It is another one.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set => CommandKind.Require(value, _text);
    }

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = value is null or DualWriteConnection ? (DualWriteConnection?)value : throw new ArgumentException("The connection is not one of a DualWriteDataSource.", nameof(value));
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => _parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = value;
    }

    /// <summary>Asks the command that runs now, if any, to end.</summary>
    public override void Cancel() => _run.Cancel();

    /// <inheritdoc/>
    public override int ExecuteNonQuery() => ExecuteNonQueryAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        CommandRun.CountAsync(RunAsync(CommandBehavior.Default, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override object? ExecuteScalar() => ExecuteScalarAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        CommandRun.ScalarAsync(RunAsync(CommandBehavior.Default, cancellationToken), cancellationToken);

    /// <summary>
    /// Has the command prepared: at once on the open transaction's connection, else on one of the authority, and, in a dual stage, what
    /// writes its images on one of the follower; and on every other connection when it first runs there. An error of the authority
    /// ends an open transaction.
    /// </summary>
    public override void Prepare() => PrepareAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Prepare"/>
    public override async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        DualWriteConnection connection = RequireConnection();
        _isPrepared = true;
        await connection.Source.Preparer.PrepareAsync(connection, [ToPart()], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new DualWriteParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => RunAsync(behavior, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) => RunAsync(behavior, cancellationToken);

    private async Task<DbDataReader> RunAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await _run.ReadAsync(RequireConnection(), [ToPart()], _transaction, behavior, cancellationToken).ConfigureAwait(false);

    private CommandPart ToPart() => new(_text, TargetCommandText, _parameters.Snapshot(), _timeout, _isPrepared);

    private DualWriteConnection RequireConnection() => _connection ?? throw new InvalidOperationException("The command has no connection.");
}
