using System.Globalization;
using DbMove.Migrations.Tests.Databases;

namespace DbMove.Migrations.Tests.Pgbench;

/// <summary>Writers over the whole key range, and how often they met the backfill in the two ways of PITFALLS P05 and P10.</summary>
internal sealed class AccountWriters(Migration migration, AccountLedger ledger, PlainDatabase target)
{
    private const int Seed = 7919;
    private readonly PgbenchAccountRepository _accounts = new(migration);
    private readonly bool[] _wasDeleted = new bool[ledger.Accounts + 1];
    private int _updatesAhead;
    private int _deletesAhead;
    private int _updatesOfRead;
    private int _deletesOfRead;

    /// <summary>P10: acknowledged updates of rows that the backfill had not reached.</summary>
    public int UpdatesAhead => _updatesAhead;

    /// <summary>Acknowledged deletes of rows that the backfill had not reached.</summary>
    public int DeletesAhead => _deletesAhead;

    /// <summary>P05: acknowledged updates of rows that the backfill had read and not yet inserted.</summary>
    public int UpdatesOfRead => _updatesOfRead;

    /// <summary>P05: acknowledged deletes of rows that the backfill had read and not yet inserted.</summary>
    public int DeletesOfRead => _deletesOfRead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Writes at random keys until <paramref name="stop"/> is cancelled, which ends no write half-way.</summary>
    public Task RunAsync(int writers, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
    {
        Random random = new(Seed + writer);
        while (!stop.IsCancellationRequested)
        {
            await WriteAsync(random.Next(1, ledger.Accounts + 1), random.Next(100) < 20);
        }
    })));

    /// <summary>Called while the backfill holds a page that it has read: writes into that page, and far ahead of it.</summary>
    /// <param name="page">The keys that the page holds where they exist.</param>
    public async Task WriteIntoAsync(Range page)
    {
        int middle = (page.Start.Value + page.End.Value) / 2;
        await WriteReadRowAsync(Enumerable.Range(page.Start.Value, middle - page.Start.Value), isDelete: false);
        await WriteReadRowAsync(Enumerable.Range(middle, page.End.Value - middle), isDelete: true);
    }

    private async Task WriteReadRowAsync(IEnumerable<int> keys, bool isDelete)
    {
        // A row that never was away was there when the page was read.
        foreach (int id in keys.Where(id => ledger[id] is not null && !_wasDeleted[id]))
        {
            if (await WriteAsync(id, isDelete))
            {
                Interlocked.Increment(ref isDelete ? ref _deletesOfRead : ref _updatesOfRead);
                return;
            }
        }

        Assert.Fail("The page that was read holds no row that could be written.");
    }

    /// <summary>Updates or deletes a row; brings it back when it was deleted. False: another writer had the key.</summary>
    public async Task<bool> WriteAsync(int id, bool isDelete)
    {
        if (!ledger.TryHold(id))
        {
            return false;
        }

        PgbenchAccount? row = ledger[id];
        if (row is null)
        {
            ledger.Acknowledge(id, await _accounts.InsertAsync(new PgbenchAccount { Id = id, Branch = 1, Balance = -id, Filler = "again" }, cancellationToken: Token));
            return true;
        }

        if (isDelete)
        {
            _wasDeleted[id] = true;
            Assert.True(await _accounts.DeleteAsync(id, cancellationToken: Token));
        }
        else
        {
            PgbenchAccount asked = row with { Balance = row.Balance + 1 };
            row = await _accounts.UpdateAsync(asked, cancellationToken: Token);
            Assert.Equal(asked.Balance, row?.Balance);
        }

        // Asked after the write: what the backfill has not passed now, it had not reached before.
        if (await IsAheadAsync(id))
        {
            Interlocked.Increment(ref isDelete ? ref _deletesAhead : ref _updatesAhead);
        }

        ledger.Acknowledge(id, isDelete ? null : row);
        return true;
    }

    /// <summary>Whether a range of the backfill that covers the key has not come to it yet.</summary>
    private async Task<bool> IsAheadAsync(int id) => migration.Backfill.Progress.State == BackfillState.Running && await target.NumberAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"""
         SELECT count(*) FROM dbmove_progress WHERE entity = 'pgbench_accounts' AND done = 0
            AND (first_key IS NULL OR (first_key::json->>0)::int < {id}) AND (last_key::json->>0)::int >= {id} AND (reached IS NULL OR (reached::json->>0)::int < {id})
         """)) > 0;
}
