namespace DbMove.CrashProcess;

/// <summary>The writes of a cell, each by its name.</summary>
internal static class Writes
{
    /// <summary>Acknowledged in every cell before anything else.</summary>
    public const string First = "first";

    public const string Insert = "insert";

    public const string Update = "update";

    public const string Delete = "delete";

    /// <summary>One transaction over two entities.</summary>
    public const string Transfer = "transfer";

    /// <summary>Written after the recovery.</summary>
    public const string Last = "last";

    /// <summary>Those that are killed.</summary>
    public static IReadOnlyList<string> Killed { get; } = [Insert, Update, Delete, Transfer];

    public static async Task RunAsync(Migration migration, string write)
    {
        AccountRepository accounts = new(migration);
        switch (write)
        {
            case First:
                await accounts.InsertAsync(new Account { Owner = "acked", Balance = 1 });
                break;
            case Insert:
                await accounts.InsertAsync(new Account { Owner = "new", Balance = 70 });
                break;
            case Update:
                await accounts.UpdateAsync(new Account { Id = 2, Owner = "bob", Balance = 21 });
                break;
            case Delete:
                await accounts.DeleteAsync(3);
                break;
            case Last:
                await accounts.InsertAsync(new Account { Owner = "later", Balance = 7 });
                break;
            case Transfer:
                await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
                {
                    await accounts.UpdateAsync(new Account { Id = 1, Owner = "ann", Balance = 5 }, transaction);
                    await accounts.UpdateAsync(new Account { Id = 2, Owner = "bob", Balance = 25 }, transaction);
                    await new EntryRepository(migration).InsertAsync(new Entry { AccountId = 1, Line = 2, Note = "moved" }, transaction);
                    await transaction.CommitAsync();
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(write), write, "no such write");
        }
    }
}
