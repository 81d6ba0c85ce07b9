using System.Data.Common;
using DbMove.Control;
using DbMove.Dialects;

namespace DbMove.Fleet;

/// <summary>The statements on one side's instances. Those on the authority count; every time is by its clock.</summary>
internal sealed class InstanceStore
{
    // Long enough for whoever asks in the morning what became of an instance.
    private static readonly TimeSpan s_keptExpired = TimeSpan.FromHours(1);

    private readonly string _migration;
    private readonly string _update;
    private readonly string _insert;
    private readonly string _delete;
    private readonly string _prune;
    private readonly string _list;

    public InstanceStore(SqlSyntax syntax, ControlNames names)
    {
        _migration = names.Migration;
        (string table, string lease, string now) = (syntax.Quote(names.Instance), syntax.Quote(names.Lease), syntax.NowMilliseconds);
        _update = $"UPDATE {table} SET label = @label, epoch = @epoch, stage = @stage, shadow_reads = @shadow_reads, shadow_mismatches = @shadow_mismatches, "
            + $"seen_at = {now}, expires_at = {now} + @expiry WHERE migration = @migration AND instance = @instance";
        _insert = $"INSERT INTO {table} (migration, instance, label, epoch, stage, shadow_reads, shadow_mismatches, started_at, seen_at, expires_at) "
            + $"VALUES (@migration, @instance, @label, @epoch, @stage, @shadow_reads, @shadow_mismatches, {now}, {now}, {now} + @expiry)";
        _delete = $"DELETE FROM {table} WHERE migration = @migration AND instance = @instance";
        _prune = $"DELETE FROM {table} WHERE migration = @migration AND expires_at < {now} - @kept";
        _list = $"SELECT i.instance, i.label, i.stage, i.epoch, i.started_at, {now} - i.seen_at, i.expires_at - {now}, l.expires_at - {now}, i.shadow_reads, i.shadow_mismatches "
            + $"FROM {table} i LEFT JOIN {lease} l ON l.migration = i.migration AND l.name = @lease AND l.holder = i.instance "
            + "WHERE i.migration = @migration ORDER BY i.label, i.started_at, i.instance";
    }

    /// <summary>A sign of life under a stage, with what the instance's shadow reads have found in it.</summary>
    public async Task BeatAsync(SideSession session, string instance, string label, StageSnapshot stage, TimeSpan expiry, ShadowFigures shadow, CancellationToken cancellationToken)
    {
        SqlArgument[] arguments =
        [
            .. Of(instance), new("label", label), new("epoch", stage.Epoch), new("stage", stage.Stage.ToWireName()), new("expiry", (long)expiry.TotalMilliseconds),
            new("shadow_reads", (long)shadow.JudgedReads), new("shadow_mismatches", (long)shadow.JudgedMismatches),
        ];
        if (await session.ExecuteAsync(_update, arguments, cancellationToken).ConfigureAwait(false) == 0)
        {
            await session.ExecuteAsync(_insert, arguments, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task RemoveAsync(SideSession session, string instance, CancellationToken cancellationToken) => session.ExecuteAsync(_delete, Of(instance), cancellationToken);

    /// <summary>Forgets those that died long ago.</summary>
    public Task PruneAsync(SideSession session, CancellationToken cancellationToken) =>
        session.ExecuteAsync(_prune, new SqlArgument[] { new("migration", _migration), new("kept", (long)s_keptExpired.TotalMilliseconds) }, cancellationToken);

    /// <summary>Every instance that is known, those that died lately too.</summary>
    /// <param name="session">A session on the authority.</param>
    /// <param name="self">The instance that asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<List<MigrationInstance>> ListAsync(SideSession session, string self, CancellationToken cancellationToken) =>
        session.QueryAsync(_list, new SqlArgument[] { new("migration", _migration), new("lease", LeaseStore.Scheduler) }, row => Read(row, self), cancellationToken);

    private static MigrationInstance Read(DbDataReader row, string self) => new(
        row.GetString(0),
        row.GetString(1),
        StageExtensions.TryParseWireName(row.GetString(2), out Stage stage) ? stage : null,
        row.GetInt64(3),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        TimeSpan.FromMilliseconds(Math.Max(0, row.GetInt64(5))),
        IsAlive: row.GetInt64(6) > 0,
        IsLeader: !row.IsDBNull(7) && row.GetInt64(7) > 0,
        IsSelf: row.GetString(0) == self)
    {
        ShadowReads = row.GetInt64(8),
        ShadowMismatches = row.GetInt64(9),
    };

    private SqlArgument[] Of(string instance) => [new("migration", _migration), new("instance", instance)];
}
