using System.Data.Common;
using DbMove.Mapping;

namespace DbMove.Events;

/// <summary>An event as its row says.</summary>
/// <param name="RowId">The row.</param>
/// <param name="Event">The event.</param>
/// <param name="Reason">Why the last try failed.</param>
/// <param name="DeadAt">When it was given up, milliseconds by the database's clock.</param>
/// <param name="Publication">The how-manieth publication the present or next one is.</param>
/// <param name="LeasedFor">How long a consumer still has it; zero: none has it.</param>
internal sealed record StoredEvent(long RowId, InconsistencyEvent Event, string? Reason, long? DeadAt, int Publication, TimeSpan LeasedFor)
{
    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    /// <param name="now">The database's clock.</param>
    public static string Columns(string now) =>
        $"id, event_id, entity, kind, base, key_list, created_at, attempts, reason, dead_at, publication, CASE WHEN lease IS NULL THEN 0 ELSE visible_at - {now} END";

    public static StoredEvent Read(DbDataReader row, string migration)
    {
        Side origin = row.GetString(4) == Side.Target.ToWireName() ? Side.Target : Side.Source;
        InconsistencyKindExtensions.TryParseWireName(row.GetString(3), origin, out InconsistencyKind kind);
        return new(
            row.GetInt64(0),
            new InconsistencyEvent
            {
                Id = row.GetString(1),
                Migration = migration,
                Entity = row.GetString(2),
                Kind = kind,
                Base = origin,
                Keys = JsonTexts.Read(row.GetString(5)),
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
                Attempts = (int)row.GetInt64(7),
            },
            row.IsDBNull(8) ? null : row.GetString(8),
            row.IsDBNull(9) ? null : row.GetInt64(9),
            (int)row.GetInt64(10),
            TimeSpan.FromMilliseconds(Math.Max(0, row.GetInt64(11))));
    }
}
