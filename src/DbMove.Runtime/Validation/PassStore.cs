using System.Data.Common;
using DbMove.Dialects;

namespace DbMove.Validation;

/// <summary>The statements on the full passes' rows, which stand on the target.</summary>
internal sealed class PassStore
{
    private readonly string _migration;
    private readonly string _insert;
    private readonly string _finish;
    private readonly string _last;
    private readonly string _lastEnded;

    public PassStore(SqlSyntax syntax, ControlNames names)
    {
        _migration = names.Migration;
        (string table, string now) = (syntax.Quote(names.Validation), syntax.NowMilliseconds);
        _insert = $"INSERT INTO {table} (migration, run, epoch, state, source_server, target_server, after_backfill, started_at, finished_at, rows_compared, differences, undecided, detail) "
            + $"VALUES (@migration, @run, @epoch, 'running', @source_server, @target_server, @after_backfill, {now}, NULL, 0, 0, 0, '')";
        _finish = $"UPDATE {table} SET state = @state, finished_at = {now}, rows_compared = @compared, differences = @differences, undecided = @undecided, detail = @detail "
            + "WHERE migration = @migration AND run = @run";
        string select = "SELECT run, epoch, state, source_server, target_server, after_backfill, started_at, finished_at, rows_compared, differences, undecided, detail "
            + $"FROM {table} WHERE migration = @migration";
        _last = select + " ORDER BY id DESC LIMIT 1";
        _lastEnded = select + " AND state <> 'running' ORDER BY id DESC LIMIT 1";
    }

    /// <summary>Records that a pass begins; from now on no earlier one counts.</summary>
    public Task BeginAsync(SideSession session, string run, long epoch, string sourceServer, string targetServer, bool followsBackfill, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            _insert,
            new SqlArgument[]
            {
                new("migration", _migration), new("run", run), new("epoch", epoch), new("source_server", sourceServer),
                new("target_server", targetServer), new("after_backfill", followsBackfill ? 1L : 0L),
            },
            cancellationToken);

    /// <summary>Records its outcome.</summary>
    public Task FinishAsync(SideSession session, string run, ValidationReport report, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            _finish,
            new SqlArgument[]
            {
                new("migration", _migration), new("run", run), new("state", ValidationStateNames.Of(report.State)), new("compared", report.RowsCompared),
                new("differences", report.Differences), new("undecided", report.Undecided), new("detail", report.Detail),
            },
            cancellationToken);

    /// <summary>The newest pass, of whatever outcome; null: none yet.</summary>
    public Task<ValidationPass?> ReadLastAsync(SideSession session, CancellationToken cancellationToken) => ReadAsync(session, _last, cancellationToken);

    /// <summary>The newest pass that is not under way; null: none yet.</summary>
    public Task<ValidationPass?> ReadLastEndedAsync(SideSession session, CancellationToken cancellationToken) => ReadAsync(session, _lastEnded, cancellationToken);

    private async Task<ValidationPass?> ReadAsync(SideSession session, string select, CancellationToken cancellationToken)
    {
        List<ValidationPass> passes = await session.QueryAsync(select, new SqlArgument[] { new("migration", _migration) }, Parse, cancellationToken).ConfigureAwait(false);
        return passes.Count == 0 ? null : passes[0];
    }

    private static ValidationPass Parse(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), ValidationStateNames.Parse(row.GetString(2)), row.GetString(3), row.GetString(4), row.GetInt64(5) != 0,
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetString(11));
}
