using DbMove.Dialects;
using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Dialect;

/// <summary>The statements on items: those of the authority.</summary>
internal sealed partial class ItemStore(StoreDefinition definition) : IEntityStore<Item, long>
{
    private readonly ControlNames _names = definition.Control;
    private readonly Side _side = definition.Side;

    /// <summary>One row's part of a write on the authority. Null: it waits.</summary>
    private delegate bool RowWrite(Operation operation, Transaction transaction, Slot slot, out Item? image);

    public IReadOnlyDictionary<string, string> Statements { get; } = new Dictionary<string, string>();

    public string? DigestName => null;

    public Task<WriteResult<Item>> InsertAsync(SideSession session, WriteGuard guard, IReadOnlyList<Item> rows, CancellationToken cancellationToken) =>
        WriteAsync(session, guard, "insert", [.. rows.Select(row => row.Id)], index => InsertOf(rows[index]), cancellationToken);

    public Task<WriteResult<Item>> UpdateAsync(SideSession session, WriteGuard guard, IReadOnlyList<Item> rows, CancellationToken cancellationToken) =>
        WriteAsync(session, guard, "update", [.. rows.Select(row => row.Id)], index => ChangeOf(rows[index]), cancellationToken);

    public Task<WriteResult<Item>> UpsertAsync(SideSession session, WriteGuard guard, IReadOnlyList<Item> rows, CancellationToken cancellationToken) =>
        WriteAsync(session, guard, "upsert", [.. rows.Select(row => row.Id)], index => UpsertOf(rows[index]), cancellationToken);

    public Task<WriteResult<Item>> DeleteAsync(SideSession session, WriteGuard guard, IReadOnlyList<long> keys, CancellationToken cancellationToken) =>
        WriteAsync(session, guard, "delete", keys, _ => ChangeOf(null), cancellationToken);

    private static RowWrite InsertOf(Item row) => (Operation operation, Transaction transaction, Slot slot, out Item? image) =>
    {
        image = row with { Id = slot.Key };
        return transaction.Server.TryInsert(operation, transaction, slot, image) switch
        {
            InsertOutcome.Exists => throw new MemoryFailure(FailureKind.UniqueClash, $"key {slot.Key} is there already"),
            InsertOutcome.Done => true,
            _ => false,
        };
    };

    private static RowWrite UpsertOf(Item row) => (Operation operation, Transaction transaction, Slot slot, out Item? image) =>
    {
        image = row;
        return TryUpsert(operation, transaction, slot, row);
    };

    /// <summary>Updates the row that the statement saw when it began, or deletes it.</summary>
    private static RowWrite ChangeOf(Item? row)
    {
        long? seen = null;
        return (Operation operation, Transaction transaction, Slot slot, out Item? image) =>
        {
            image = null;
            seen ??= Seen(transaction, slot);
            if (!TryHoldSeen(operation, transaction, slot, seen.Value, locksAbsent: false, out bool isThere))
            {
                return false;
            }

            if (isThere)
            {
                image = row ?? (Item)slot.Visible(transaction)!;
                if (row is null)
                {
                    MemoryServer.Delete(slot);
                }
                else if (!transaction.Server.TryReplace(operation, transaction, slot, row))
                {
                    return false;
                }
            }

            return true;
        };
    }

    private Task<WriteResult<Item>> WriteAsync(
        SideSession session, WriteGuard guard, string operationName, IReadOnlyList<long> keys, Func<int, RowWrite> write, CancellationToken cancellationToken)
    {
        List<WrittenRow<Item>?> written = [];
        bool isChecked = !guard.ChecksControlRow;
        RowWrite? row = null;
        long generated = Item.Unnumbered;
        World world = ((MemoryDatabase)session.Database).World;
        return ((MemorySession)session).RunAsync<WriteResult<Item>>(
            $"{operationName} {string.Join(',', keys)}",
            (operation, transaction) =>
            {
                MemoryServer server = transaction.Server;
                Table table = server.Tables["item"];
                if (!table.Lock.TryTake(operation, transaction, LockMode.Shared))
                {
                    return false;
                }

                if (!isChecked && !Matches(transaction, guard))
                {
                    operation.Value = WriteResult<Item>.StageMismatch;
                    return true;
                }

                isChecked = true;
                while (written.Count < keys.Count)
                {
                    long key = keys[written.Count];
                    if (key == Item.Unnumbered)
                    {
                        key = generated = generated == Item.Unnumbered ? world.Give(table) : generated;
                    }

                    row ??= write(written.Count);
                    if (!row(operation, transaction, table.At(key), out Item? image))
                    {
                        return false;
                    }

                    (row, generated) = (null, Item.Unnumbered);
                    if (image is null)
                    {
                        written.Add(null);
                        continue;
                    }

                    transaction.Writes.Add((key, operationName == "delete" ? null : image));
                    written.Add(new WrittenRow<Item>(image, guard.RecordsIntent ? AddIntent(operation, transaction, guard, operationName, key) : 0));
                }

                operation.Value = new WriteResult<Item>(true, written);
                return true;
            },
            cancellationToken);
    }

    private bool Matches(Transaction transaction, WriteGuard guard)
    {
        Table control = transaction.Server.Tables[_names.MigrationTable];
        return control.VisibleTo(transaction).Select(slot => (object?[])slot.Visible(transaction)!).Any(row =>
            (string?)row[control.Columns["side"]] == _side.ToWireName() && (long)row[control.Columns["epoch"]]! == guard.Epoch
            && (string?)row[control.Columns["stage"]] == guard.Stage.ToWireName());
    }

    private long AddIntent(Operation operation, Transaction transaction, WriteGuard guard, string operationName, long key)
    {
        Table intents = transaction.Server.Tables[_names.Intent];
        object?[] intent = [.. intents.Defaults];
        long id = intents.NextNumber();
        void Set(string column, object value) => intent[intents.Columns[column]] = value;
        Set("id", id);
        Set("migration", _names.Migration);
        Set("entity", definition.Entity.Name);
        Set("key", ItemMap.FormatKey(key));
        Set("operation", operationName);
        Set("epoch", guard.Epoch);
        Set("created_at", 0L);
        transaction.Server.TryInsert(operation, transaction, intents.At(id), intent);
        return id;
    }
}
