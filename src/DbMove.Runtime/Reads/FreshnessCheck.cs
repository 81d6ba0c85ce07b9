using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;

namespace DbMove.Reads;

/// <summary>
/// Asks the source, in one statement and so at one moment, whether the target has the newest rows of some keys. It must come
/// before the target is read: a write that was acknowledged before either has left an intent that stands here until the
/// target has its row.
/// </summary>
internal sealed class FreshnessCheck
{
    private readonly string _migration;
    private readonly string _select;

    public FreshnessCheck(SqlSyntax syntax, ControlNames names)
    {
        _migration = names.Migration;

        // A replayed statement's range is not looked into: while any is open, nobody knows its keys for sure.
        _select = $"SELECT c.epoch, c.stage, (SELECT COUNT(*) FROM {syntax.Quote(names.Dirty)} d WHERE d.migration = @migration), i.key "
            + $"FROM {syntax.Quote(names.MigrationTable)} c LEFT JOIN {syntax.Quote(names.Intent)} i "
            + $"ON i.migration = @migration AND i.entity = @entity AND i.key IN ({syntax.TextsFromJson("@keys")}) WHERE c.name = @migration AND c.side = @side";
    }

    /// <summary>The keys of which the target may not have the newest row. Null: the stage is another one than the caller's.</summary>
    public async Task<IReadOnlySet<string>?> FindPendingAsync(SideSession source, StageSnapshot stage, string entity, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        List<(long Epoch, string Stage, long Dirty, string? Key)> rows = await source.QueryAsync(
            _select,
            new SqlArgument[] { new("migration", _migration), new("entity", entity), new("keys", JsonTexts.Write(keys)), new("side", source.Database.Side.ToWireName()) },
            static row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetString(3)),
            cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0 || rows[0].Epoch != stage.Epoch || rows[0].Stage != stage.Stage.ToWireName())
        {
            return null;
        }

        return rows[0].Dirty > 0 ? keys.ToHashSet(StringComparer.Ordinal) : rows.Where(row => row.Key is not null).Select(row => row.Key!).ToHashSet(StringComparer.Ordinal);
    }
}
