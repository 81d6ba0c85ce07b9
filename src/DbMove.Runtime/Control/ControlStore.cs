using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Control;

/// <summary>Reads and writes the control rows of one side.</summary>
internal sealed class ControlStore
{
    private readonly SideDatabase _database;
    private readonly ControlNames _names;
    private readonly string _select;
    private readonly string _insert;
    private readonly string _update;
    private volatile bool _exists;

    public ControlStore(SideDatabase database, ControlNames names)
    {
        _database = database;
        _names = names;
        Tables = new ControlTables(database, names);
        (SqlSyntax syntax, string table) = (database.Syntax, database.Syntax.Quote(names.MigrationTable));
        _select = $"SELECT epoch, stage, prepared, dual_since, incremental, changed_at, {syntax.NowMilliseconds} - changed_at FROM {table} WHERE name = @name AND side = @side";
        _insert = $"INSERT INTO {table} (name, side, epoch, stage, prepared, dual_since, incremental, changed_at, changed_by, reason) "
            + $"VALUES (@name, @side, @epoch, @stage, @prepared, @dual_since, @incremental, {syntax.NowMilliseconds}, @changed_by, @reason)";
        _update = $"UPDATE {table} SET epoch = @epoch, stage = @stage, prepared = @prepared, dual_since = @dual_since, incremental = @incremental, "
            + $"changed_at = {syntax.NowMilliseconds}, changed_by = @changed_by, reason = @reason WHERE name = @name AND side = @side";
    }

    public ControlTables Tables { get; }

    public Side Side => _database.Side;

    /// <summary>The side's row; null when there is none, or no control tables at all.</summary>
    public async Task<ControlRow?> ReadAsync(SideSession session, CancellationToken cancellationToken)
    {
        if (!_exists)
        {
            TableName table = new(null, _names.MigrationTable);
            if (await _database.DescribeAsync(session, table, cancellationToken).ConfigureAwait(false) is null)
            {
                return null;
            }

            _exists = true;
        }

        List<ControlRow?> rows = await session.QueryAsync(_select, Key(), row => Parse(row), cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Writes the side's row inside the session's transaction.</summary>
    public async Task WriteAsync(SideSession session, ControlRow row, string changedBy, string reason, CancellationToken cancellationToken)
    {
        SqlArgument[] arguments =
        [
            .. Key().Span, new("epoch", row.Epoch), new("stage", row.Stage.ToWireName()), new("prepared", row.IsPrepared ? 1L : 0L),
            new("dual_since", row.DualSince), new("incremental", row.IsIncremental ? 1L : 0L), new("changed_by", changedBy), new("reason", reason),
        ];
        if (await session.ExecuteAsync(_update, arguments, cancellationToken).ConfigureAwait(false) == 0)
        {
            await session.ExecuteAsync(_insert, arguments, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Marks a prepared row as passed, without touching when the stage was changed.</summary>
    public Task ClearPreparedAsync(SideSession session, long epoch, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"UPDATE {_database.Syntax.Quote(_names.MigrationTable)} SET prepared = 0 WHERE name = @name AND side = @side AND epoch = @epoch",
            (SqlArgument[])[.. Key().Span, new("epoch", epoch)], cancellationToken);

    /// <summary>Turns the keeping of cleared intents on or off.</summary>
    public Task SetIncrementalAsync(SideSession session, bool on, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"UPDATE {_database.Syntax.Quote(_names.MigrationTable)} SET incremental = @incremental WHERE name = @name AND side = @side",
            (SqlArgument[])[.. Key().Span, new("incremental", on ? 1L : 0L)], cancellationToken);

    private ReadOnlyMemory<SqlArgument> Key() =>
        new SqlArgument[] { new("name", _names.Migration), new("side", Side.ToWireName()) };

    private ControlRow? Parse(System.Data.Common.DbDataReader row) =>
        StageExtensions.TryParseWireName(row.GetString(1), out Stage stage)
            ? new ControlRow(Side, row.GetInt64(0), stage, row.GetInt64(2) != 0, row.GetInt64(3), row.GetInt64(4) != 0, row.GetInt64(5), row.GetInt64(6))
            : throw new StageUnknownException(
                _names.Migration, $"The control row on the {Side.ToWireName()} ({_database.DisplayName}) names the stage '{row.GetString(1)}', which this DbMove does not know. Use a DbMove at least as new as the one that wrote it.");
}
