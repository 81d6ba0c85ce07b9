using System.Diagnostics;
using DbMove.Chaos.Bank;
using Npgsql;

namespace DbMove.Chaos.Verdict;

/// <summary>How long it takes, without anyone's help, until nothing is open on either side.</summary>
internal static class Convergence
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The time until no intent, event or key to verify is open; null: it did not happen within <see cref="Limit"/>.</summary>
    public static async Task<TimeSpan?> WaitAsync(string source, string target, Action<string> say)
    {
        Stopwatch waited = Stopwatch.StartNew();
        string open;
        do
        {
            open = "";
            foreach (string side in (string[])[source, target])
            {
                try
                {
                    open += string.Concat(await BankTables.QueryAsync(
                        side,
                        "SELECT (SELECT count(*) FROM dbmove_intent), (SELECT count(*) FROM dbmove_intent WHERE parked_at IS NOT NULL), (SELECT count(*) FROM dbmove_check), (SELECT count(*) FROM dbmove_event)",
                        row => row.GetInt64(0) + row.GetInt64(2) + row.GetInt64(3) == 0 ? "" : $" {row.GetInt64(0)} intents ({row.GetInt64(1)} parked), {row.GetInt64(2)} keys to verify, {row.GetInt64(3)} events;"));
                }
                catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
                {
                    open += $" {exception.Message};";
                }
            }

            if (open.Length == 0)
            {
                return waited.Elapsed;
            }

            // The databases are asked: no event tells of the last intent.
            await Task.Delay(50);
        }
        while (waited.Elapsed < Limit);

        say("still open:" + open);
        return null;
    }
}
