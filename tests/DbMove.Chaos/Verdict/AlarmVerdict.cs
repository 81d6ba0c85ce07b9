using System.Globalization;
using System.Text.Json;
using DbMove.Chaos.Bank;
using DbMove.Chaos.Ledger;
using DbMove.Chaos.Scenario;

namespace DbMove.Chaos.Verdict;

/// <summary>
/// Holds every inconsistency that any service ever reported against what is known to have made rows differ: planted damage, and
/// rows written in an <see cref="ExcusedTime"/>. Whatever else was reported is a false alarm, or a real difference that there
/// must not be: the run fails on both.
/// </summary>
internal sealed class AlarmVerdict
{
    private AlarmVerdict()
    {
    }

    /// <summary>Keys that were reported.</summary>
    public int Reported { get; private set; }

    public int FalseAlarms { get; private set; }

    /// <summary>Damaged rows that were certainly damaged, and those of them that were reported.</summary>
    public (int Planted, int Found) Damage { get; private set; }

    public List<string> Findings { get; } = [];

    /// <summary>Copies every event as it is stored, by a trigger of plain SQL: services die, and so do their counters.</summary>
    public static Task RecordAsync(string target) => BankTables.ExecuteAsync(
        target,
        """
        CREATE TABLE chaos_event (entity TEXT, kind TEXT, base TEXT, key_list TEXT, seen_at BIGINT);
        CREATE FUNCTION chaos_record() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO chaos_event VALUES (NEW.entity, NEW.kind, NEW.base, NEW.key_list, (extract(epoch FROM clock_timestamp()) * 1000)::bigint);
            RETURN NULL;
        END $$;
        CREATE TRIGGER chaos_record AFTER INSERT ON dbmove_event FOR EACH ROW EXECUTE FUNCTION chaos_record();
        """);

    public static async Task<AlarmVerdict> OfAsync(string target, IReadOnlyList<LedgerBook> books, IReadOnlyList<ExcusedTime> excused, IReadOnlyList<PlantedDamage> damage)
    {
        AlarmVerdict verdict = new();
        Dictionary<string, string> tokens = [];
        foreach (LedgerOperation inserted in books.SelectMany(book => book.Operations).Where(operation => operation.Kind == "entry" && operation.Outcome == Outcome.Acknowledged))
        {
            tokens[inserted.Detail] = inserted.Changes[0].Row;
        }

        ILookup<string, LedgerOperation> written = books.SelectMany(book => book.Operations).Where(operation => operation.Outcome != Outcome.Failed)
            .SelectMany(operation => operation.Changes.Select(change => (change.Row, operation))).ToLookup(pair => pair.Row, pair => pair.operation);
        HashSet<long> found = [];
        foreach ((string entity, string kind, string origin, string keys, long at) in await BankTables.QueryAsync(
            target, "SELECT entity, kind, base, key_list, seen_at FROM chaos_event ORDER BY seen_at", row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4))))
        {
            foreach (string key in Keys(keys))
            {
                verdict.Reported++;
                long account = entity == "account" ? long.Parse(key, CultureInfo.InvariantCulture) : 0;
                string? row = entity == "account" ? RowChange.RowOf(account) : tokens.GetValueOrDefault(key);
                if (damage.Any(planted => planted.Account == account && planted.At <= at))
                {
                    found.Add(account);
                }
                else if (!excused.Any(time => time.Began <= at && at <= time.HealedAt && IsWrittenIn(row, time)))
                {
                    verdict.FalseAlarms++;
                    string writes = row is null ? "" : string.Join(", ", written[row].TakeLast(4).Select(operation => $"{operation.Kind} {operation.Sequence} {operation.Outcome} {operation.StartedAt}..{operation.EndedAt}"));
                    verdict.Findings.Add($"unexplained report at {at}: {entity} {key} {kind} (base {origin}); its writes: {writes}");
                }
            }
        }

        PlantedDamage[] certain = [.. damage.Where(planted => planted.IsCertain)];
        verdict.Damage = (certain.Length, certain.Count(planted => found.Contains(planted.Account)));
        return verdict;

        // A shared row, and an entry whose answer was lost, stand in no ledger by their key: they may have been written at any time.
        bool IsWrittenIn(string? row, ExcusedTime time) =>
            row is null || (row[0] == 'a' && KeySpace.IsShared(long.Parse(row[1..], CultureInfo.InvariantCulture)))
            || written[row].Any(operation => operation.StartedAt <= time.Ended && (operation.EndedAt ?? long.MaxValue) >= time.Began);
    }

    /// <summary>A list of keys, each a list of one text.</summary>
    private static IEnumerable<string> Keys(string list)
    {
        using JsonDocument document = JsonDocument.Parse(list);
        return [.. document.RootElement.EnumerateArray().Select(key => First(key.GetString()!))];
    }

    private static string First(string key)
    {
        using JsonDocument document = JsonDocument.Parse(key);
        return document.RootElement[0].GetString()!;
    }
}
