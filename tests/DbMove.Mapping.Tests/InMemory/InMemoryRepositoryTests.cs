using DbMove.Dialects;
using DbMove.Mapping.Tests.Entities;

namespace DbMove.Mapping.Tests.InMemory;

/// <summary>The double of a repository does to rows in memory what the real one does to those of a database.</summary>
public sealed class InMemoryRepositoryTests
{
    [Fact]
    public async Task Rows_come_back_as_copies_with_what_a_database_makes()
    {
        InMemoryTicketRepository memory = new();
        ITicketRepository tickets = memory;
        Ticket given = new() { Title = "a", Day = DayOfWeek.Monday, Stamp = [1, 2] };

        Ticket stored = await tickets.InsertAsync(given);
        given.Title = "changed";
        given.Stamp[0] = 9;
        Ticket found = (await tickets.FindAsync(stored.Id))!;
        found.Stamp[1] = 9;

        Assert.Equal((1, "a", DayOfWeek.Monday, 1L), (stored.Id, stored.Title, stored.Day, stored.Version));
        Assert.Equal([1, 2], Assert.Single(memory.Rows).Stamp);
        Assert.Equal(0, given.Id);
        Assert.Null(await tickets.FindAsync(99));
        Assert.Equal(2, (await tickets.InsertAsync(given)).Id);
        Assert.True(await tickets.DeleteAsync(2));
        Assert.False(await tickets.DeleteAsync(2));
        Assert.Equal(3, (await tickets.InsertAsync(given)).Id);
    }

    [Fact]
    public async Task Many_forms_keep_the_order_of_the_input_and_rows_the_order_of_keys()
    {
        InMemoryTicketRepository tickets = new();
        await tickets.UpsertManyAsync([new Ticket { Id = 7, Title = "g" }, new Ticket { Id = 5, Title = "e" }]);

        Assert.Equal([5, 7], tickets.Rows.Select(ticket => ticket.Id));
        Assert.Equal(["g", null, "e"], (await tickets.FindManyAsync([7, 6, 5])).Select(ticket => ticket?.Title));
        Assert.Equal([true, false], await tickets.DeleteManyAsync([5, 6]));
        Assert.Equal([8], (await tickets.InsertManyAsync([new Ticket { Title = "h" }])).Select(ticket => ticket.Id));
        Assert.Equal([null, "i"], (await tickets.UpdateManyAsync([new Ticket { Id = 1, Title = "x" }, new Ticket { Id = 8, Title = "i", Version = 1 }])).Select(ticket => ticket?.Title));
    }

    [Fact]
    public async Task A_value_of_one_side_is_cleared_by_those_who_knew_it_only()
    {
        InMemoryShelfRepository shelves = new();
        Shelf stored = await shelves.InsertAsync(new Shelf { Id = 1, Name = "a", Mark = "m" });
        Shelf unknown = stored with { Mark = null };

        Assert.Equal(stored, await shelves.UpdateAsync(unknown));
        Assert.Equal(stored, await shelves.UpsertAsync(unknown));
        Assert.Equal(stored with { Name = "b" }, await shelves.UpdateFromAsync(unknown, unknown with { Name = "b" }));
        Assert.Equal(stored, await shelves.UpdateFromAsync(stored, stored));
        Assert.Equal(unknown, await shelves.UpdateFromAsync(stored, unknown));
        Assert.Equal(unknown, Assert.Single(shelves.Rows));
    }

    [Fact]
    public async Task What_a_database_refuses_is_refused_by_the_same_exceptions()
    {
        InMemoryTicketRepository tickets = new();
        Ticket first = await tickets.InsertAsync(new Ticket { Title = "a" });
        Ticket second = (await tickets.UpdateAsync(first))!;

        Assert.Equal(2, second.Version);
        Assert.Equal("tickets", (await Assert.ThrowsAsync<ConcurrencyConflictException>(() => tickets.UpdateAsync(first))).Entity);
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => tickets.UpsertAsync(first));
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => tickets.DeleteUnchangedAsync(first));
        await Assert.ThrowsAsync<ArgumentException>(() => tickets.UpdateFromAsync(second, new Ticket { Id = 9, Title = "b" }));
        Assert.True(await tickets.DeleteUnchangedAsync(second));

        InMemoryTranslationRepository translations = new();
        await translations.InsertAsync(new Translation("de", 1, DayOfWeek.Monday));
        WriteFailedException clash = await Assert.ThrowsAsync<WriteFailedException>(() => translations.InsertAsync(new Translation("de", 1, DayOfWeek.Monday)));
        Assert.Equal(FailureKind.UniqueClash, clash.Kind);
        await Assert.ThrowsAsync<WriteFailedException>(() => translations.InsertManyAsync([new Translation("en", 1, DayOfWeek.Monday), new Translation("de", 1, DayOfWeek.Monday)]));
        Assert.Single(translations.Rows);
    }

    [Fact]
    public async Task A_transaction_spans_repositories_and_is_seen_when_it_is_committed()
    {
        InMemoryDatabase database = new();
        (InMemoryTicketRepository tickets, InMemoryTranslationRepository translations) = (new(database), new(database));
        IDualWriteTransactions transactions = database;

        await using (DualWriteTransaction undone = await transactions.BeginTransactionAsync())
        {
            await tickets.InsertAsync(new Ticket { Title = "a" }, undone);
            Assert.Equal("a", (await tickets.FindAsync(1, undone))?.Title);
            Assert.Empty(tickets.Rows);
        }

        Assert.Empty(tickets.Rows);
        int runs = 0;
        Ticket kept = await transactions.ExecuteInTransactionAsync(async (transaction, token) =>
        {
            Ticket ticket = await tickets.InsertAsync(new Ticket { Title = "b" }, transaction, token);
            await transaction.SaveAsync("here", token);
            await tickets.InsertAsync(new Ticket { Title = "c" }, transaction, token);
            await translations.InsertAsync(new Translation("de", 1, DayOfWeek.Monday), transaction, token);
            await transaction.RollbackAsync("here", token);
            await translations.InsertAsync(new Translation("en", 2, DayOfWeek.Monday), transaction, token);
            runs++;
            return ticket;
        });

        Assert.Equal(1, runs);
        Assert.Equal([kept.Id], tickets.Rows.Select(ticket => ticket.Id));
        Assert.Equal(["en"], translations.Rows.Select(row => row.Language));
    }

    [Fact]
    public async Task Two_transactions_that_change_one_row_conflict_and_the_work_is_done_again()
    {
        InMemoryDatabase database = new();
        InMemoryTicketRepository tickets = new(database);
        Ticket ticket = await tickets.InsertAsync(new Ticket { Title = "a" });

        DualWriteTransaction late = await database.BeginTransactionAsync();
        await tickets.UpdateAsync(ticket, late);
        await tickets.UpdateAsync(ticket);
        WriteFailedException conflict = await Assert.ThrowsAsync<WriteFailedException>(() => late.CommitAsync());
        Assert.Equal(FailureKind.Transient, conflict.Kind);
        await Assert.ThrowsAsync<InvalidOperationException>(() => late.CommitAsync());

        int runs = 0;
        await database.ExecuteInTransactionAsync(async (transaction, token) =>
        {
            Ticket now = (await tickets.FindAsync(1, transaction, token))!;
            if (++runs == 1)
            {
                await tickets.UpdateAsync(now, cancellationToken: token);
            }

            now.Title += "!";
            await tickets.UpdateAsync(now, transaction, token);
        });
        Assert.Equal((2, "a!", 4L), (runs, tickets.Rows[0].Title, tickets.Rows[0].Version));
        await Assert.ThrowsAsync<ArgumentException>(async () => await new InMemoryTicketRepository().FindAsync(1, await database.BeginTransactionAsync()));
    }

    [Fact]
    public async Task A_method_that_runs_sql_is_overridden_with_what_it_means()
    {
        ITicketRepository plain = new InMemoryTicketRepository();
        Assert.Contains("AppendAsync", (await Assert.ThrowsAsync<NotSupportedException>(() => plain.AppendAsync("!"))).Message, StringComparison.Ordinal);

        Tickets tickets = new();
        await tickets.InsertManyAsync([new Ticket { Title = "a", Day = DayOfWeek.Friday }, new Ticket { Title = "b", Day = DayOfWeek.Sunday }]);
        Assert.Equal(1, await ((ITicketRepository)tickets).AppendAsync("!"));
        Assert.Equal(["a!", "b"], tickets.Rows.Select(ticket => ticket.Title));
    }

    private sealed class Tickets : InMemoryTicketRepository
    {
        public override async Task<int> AppendAsync(string suffix, DayOfWeek day = DayOfWeek.Friday, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default)
        {
            Ticket[] touched = [.. RowsIn(transaction).Where(ticket => ticket.Day == day)];
            foreach (Ticket ticket in touched)
            {
                ticket.Title += suffix;
            }

            await UpdateManyAsync(touched, transaction, cancellationToken);
            return touched.Length;
        }
    }
}
