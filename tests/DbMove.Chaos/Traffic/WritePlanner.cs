using System.Data;
using DbMove.Chaos.Bank;
using DbMove.Chaos.Ledger;

namespace DbMove.Chaos.Traffic;

/// <summary>Draws a writer's next write: inserts, updates, deletes, and transfers between two rows in one transaction.</summary>
internal sealed class WritePlanner(Migration migration, WriterRows rows, Random random)
{
    private const int MostEntries = 60;

    private readonly AccountRepository _accounts = new(migration);
    private readonly EntryRepository _entries = new(migration);

    public PlannedWrite Next(long sequence)
    {
        PlannedWrite? plan = random.Next(100) switch
        {
            < 35 => Update(sequence),
            < 50 => Insert(sequence),
            < 60 => Delete(),
            < 75 => Transfer(sequence),
            < 85 => AddEntry(sequence),
            < 90 => ChangeEntry(sequence),
            < 95 => DropEntry(),
            _ => null,
        };
        return plan ?? SharedTransfer();
    }

    private PlannedWrite? Update(long sequence)
    {
        if (Pick(rows.Accounts(present: true)) is not { } id || rows.Account(id) is not { } known)
        {
            return null;
        }

        Account next = Account.Of(id, known.Balance, sequence);
        bool upsert = random.Next(3) == 0;
        return new(upsert ? "upsert" : "update", [Change(id, known, (known.Balance, sequence))], async _ =>
        {
            Require(upsert ? await _accounts.UpsertAsync(next) : await _accounts.UpdateAsync(next), next);
            return "";
        });
    }

    private PlannedWrite? Insert(long sequence)
    {
        if (rows.Accounts(present: true).Count > KeySpace.OwnRows * 2 / 3 || Pick(rows.Accounts(present: false)) is not { } id)
        {
            return null;
        }

        Account next = Account.Of(id, KeySpace.OpeningBalance, sequence);
        return new("insert", [Change(id, null, (next.Balance, sequence))], async _ =>
        {
            Require(await _accounts.InsertAsync(next), next);
            return "";
        });
    }

    private PlannedWrite? Delete()
    {
        HashSet<long> kept = rows.AccountsWithDoubtfulEntries();
        List<long> present = rows.Accounts(present: true);
        if (present.Count < 20 || Pick([.. present.Where(id => !kept.Contains(id))]) is not { } account || rows.Account(account) is not { } known)
        {
            return null;
        }

        EntryView[] children = [.. rows.Entries().Where(entry => entry.Account == account)];
        RowChange[] changes =
        [
            Change(account, known, null),
            .. children.Select(child => new RowChange(RowChange.RowOf(child.Token), RowChange.ValueOfEntry(child.Account, child.Amount), null)),
        ];
        return new("delete", changes, async _ =>
        {
            if (children.Length == 0)
            {
                Require(await _accounts.DeleteAsync(account), $"account {account} is not there to be deleted");
                return "";
            }

            await migration.ExecuteInTransactionAsync(async (transaction, token) =>
            {
                IReadOnlyList<bool> deleted = await _entries.DeleteManyAsync([.. children.Select(child => child.Key)], transaction, token);
                Require(deleted.All(found => found), $"entries of account {account} are not there to be deleted");
                Require(await _accounts.DeleteAsync(account, transaction, token), $"account {account} is not there to be deleted");
            });
            return "";
        });
    }

    private PlannedWrite? Transfer(long sequence)
    {
        List<long> present = rows.Accounts(present: true);
        if (Pick(present) is not { } from || Pick([.. present.Where(id => id != from)]) is not { } to || rows.Account(from) is not { } giver || rows.Account(to) is not { } taker)
        {
            return null;
        }

        long amount = random.Next(1, 50);
        return new("transfer", [Change(from, giver, (giver.Balance - amount, sequence)), Change(to, taker, (taker.Balance + amount, sequence))], async _ =>
        {
            await migration.ExecuteInTransactionAsync(async (transaction, token) =>
            {
                Require(await _accounts.FindAsync(from, transaction, token), Account.Of(from, giver.Balance, giver.Version));
                Require(await _accounts.FindAsync(to, transaction, token), Account.Of(to, taker.Balance, taker.Version));
                await _accounts.UpdateAsync(Account.Of(from, giver.Balance - amount, sequence), transaction, token);
                await _accounts.UpdateAsync(Account.Of(to, taker.Balance + amount, sequence), transaction, token);
            });
            return "";
        });
    }

    private PlannedWrite? AddEntry(long sequence)
    {
        if (rows.Entries().Count >= MostEntries || Pick(rows.Accounts(present: true)) is not { } account)
        {
            return null;
        }

        Entry next = new() { AccountId = account, Token = $"w{rows.Book.Writer}-{sequence}", Amount = sequence };
        return new("entry", [new(RowChange.RowOf(next.Token), null, RowChange.ValueOfEntry(account, next.Amount))], async _ =>
        {
            Entry stored = await _entries.InsertAsync(next);
            Require(stored == next with { Id = stored.Id }, $"entry {next.Token} came back as {stored}");
            return $"{stored.Id}";
        });
    }

    private PlannedWrite? ChangeEntry(long sequence)
    {
        if (Pick(rows.Entries()) is not { } entry)
        {
            return null;
        }

        Entry next = new() { Id = entry.Key, AccountId = entry.Account, Token = entry.Token, Amount = sequence };
        RowChange change = new(RowChange.RowOf(entry.Token), RowChange.ValueOfEntry(entry.Account, entry.Amount), RowChange.ValueOfEntry(entry.Account, sequence));
        return new("change", [change], async _ =>
        {
            Require(await _entries.UpdateAsync(next) == next, $"entry {entry.Token} ({entry.Key}) is not there to be changed");
            return "";
        });
    }

    private PlannedWrite? DropEntry() => Pick(rows.Entries()) is not { } entry
        ? null
        : new("drop", [new(RowChange.RowOf(entry.Token), RowChange.ValueOfEntry(entry.Account, entry.Amount), null)], async _ =>
        {
            Require(await _entries.DeleteAsync(entry.Key), $"entry {entry.Token} ({entry.Key}) is not there to be deleted");
            return "";
        });

    /// <summary>
    /// Writers meet here; repeatable read sees to it that none writes over what another has written since it read, and whoever
    /// was too late reads and writes again.
    /// </summary>
    private PlannedWrite SharedTransfer()
    {
        int from = random.Next(KeySpace.SharedRows);
        int to = (from + random.Next(1, KeySpace.SharedRows)) % KeySpace.SharedRows;
        long[] pair = [KeySpace.Shared(from + 1), KeySpace.Shared(to + 1)];
        return new("shared", [], async sequence =>
        {
            long version = (rows.Book.Writer * 1_000_000_000L) + sequence;
            await migration.ExecuteInTransactionAsync(
                async (transaction, token) =>
                {
                    IReadOnlyList<Account?> found = await _accounts.FindManyAsync(pair, transaction, token);
                    Require(found.All(account => account is not null), "a shared account is not there");
                    await _accounts.UpdateManyAsync([Account.Of(pair[0], found[0]!.Balance - 1, version), Account.Of(pair[1], found[1]!.Balance + 1, version)], transaction, token);
                },
                IsolationLevel.RepeatableRead);
            return "";
        });
    }

    private static RowChange Change(long id, (long Balance, long Version)? before, (long Balance, long Version)? after) =>
        new(RowChange.RowOf(id), before is { } was ? RowChange.ValueOfAccount(was.Balance, was.Version) : null, after is { } will ? RowChange.ValueOfAccount(will.Balance, will.Version) : null);

    private static void Require(Account? found, Account expected) => Require(found == expected, $"account {expected.Id}: expected {expected}, found {(found is null ? "nothing" : found)}");

    private static void Require(bool holds, string contradiction)
    {
        if (!holds)
        {
            throw new ContradictionException(contradiction);
        }
    }

    private long? Pick(List<long> from) => from.Count == 0 ? null : from[random.Next(from.Count)];

    private EntryView? Pick(List<EntryView> from) => from.Count == 0 ? null : from[random.Next(from.Count)];
}
