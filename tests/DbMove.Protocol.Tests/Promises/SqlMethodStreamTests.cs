using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>
/// Streams of repositories' statements that are not read to their end. The server counts the rows that it makes, each of a
/// kilobyte: far more than the sockets between take.
/// </summary>
public sealed class SqlMethodStreamTests(PostgreSqlServer server)
{
    private const int Accounts = 300;
    private const int Pairs = Accounts * Accounts;

    private static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Npgsql's closing reads what is left.</summary>
    [Fact]
    public async Task Left_early_a_stream_stops_the_server()
    {
        await using Bank bank = await CreateAsync();
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        for (int round = 0; round < 3; round++)
        {
            await foreach (string _ in accounts.StreamPairsAsync())
            {
                break;
            }
        }

        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (string pair in accounts.StreamPairsAsync())
            {
                _ = int.Parse(pair, System.Globalization.CultureInfo.InvariantCulture);
            }
        });

        // The second row is one too many already.
        await Assert.ThrowsAsync<InvalidOperationException>(() => accounts.FindPairAsync());
        Assert.InRange(await ProducedAsync(bank), 5, Pairs * 2);
        await AssertWorksAsync(bank, accounts);
    }

    [Fact]
    public async Task Cancelled_between_two_rows_a_stream_stops_the_server_and_gives_its_connection_back()
    {
        await using Bank bank = await CreateAsync();
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        for (int round = 0; round < 3; round++)
        {
            using CancellationTokenSource caller = new();
            int seen = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (string _ in accounts.StreamPairsAsync().WithCancellation(caller.Token))
                {
                    seen++;
                    await caller.CancelAsync();
                }
            });
            Assert.Equal(1, seen);
        }

        Assert.InRange(await ProducedAsync(bank), 3, Pairs * 2);
        await AssertWorksAsync(bank, accounts);
    }

    [Fact]
    public async Task Cancelled_while_it_waits_for_a_row_a_stream_ends_and_gives_its_connection_back()
    {
        await using Bank bank = await CreateAsync("IF n % 1000 = 100 THEN PERFORM pg_advisory_xact_lock(1); END IF;");
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        for (int round = 0; round < 3; round++)
        {
            await bank.Source.ExecuteAsync($"SELECT setval('produced', {(round * 1000) + 1})");
            using CancellationTokenSource caller = new();
            int seen = 0;
            TaskCompletionSource first = new();
            await using (await bank.Source.BeginAsync("SELECT pg_advisory_xact_lock(1)"))
            {
                Task reading = Task.Run(async () =>
                {
                    await foreach (string _ in accounts.StreamPairsAsync(cancellationToken: caller.Token))
                    {
                        seen++;
                        first.TrySetResult();
                    }
                });

                // The server has sent most of a hundred rows by then; whether one was read is another matter.
                await bank.Source.WaitUntilBlockedAsync(1);
                await first.Task.WaitAsync(Bound);
                await caller.CancelAsync();

                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Bound));
                Assert.InRange(seen, 1, 100);
            }
        }

        await AssertWorksAsync(bank, accounts);
    }

    /// <summary>There a cancellation would end the transaction.</summary>
    [Fact]
    public async Task Left_early_in_a_transaction_a_stream_leaves_the_transaction_whole()
    {
        await using Bank bank = await CreateAsync();
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await accounts.AddAsync("1", 5, transaction);
            await foreach (string _ in accounts.StreamPairsAsync(transaction))
            {
                break;
            }

            await accounts.AddAsync("1", 10, transaction);
            await transaction.CommitAsync();
        }

        Assert.Equal(["15"], await bank.Source.RowsAsync("SELECT balance FROM account WHERE owner = '1'"));
        Assert.Equal(Pairs, await ProducedAsync(bank));
        await AssertWorksAsync(bank, accounts);
    }

    [Fact]
    public async Task Cancelled_in_a_transaction_a_stream_stops_the_server_and_ends_the_transaction()
    {
        await using Bank bank = await CreateAsync();
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        using CancellationTokenSource caller = new();
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await accounts.AddAsync("1", 5, transaction);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (string _ in accounts.StreamPairsAsync(transaction, caller.Token))
                {
                    await caller.CancelAsync();
                }
            });
            await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
        }

        Assert.Equal(["0"], await bank.Source.RowsAsync("SELECT balance FROM account WHERE owner = '1'"));
        Assert.InRange(await ProducedAsync(bank), 1, Pairs / 2);
        await AssertWorksAsync(bank, accounts);
    }

    /// <summary>Npgsql's closing keeps it to itself, and the next statement would be refused for no reason that can be seen.</summary>
    [Fact]
    public async Task What_fails_in_the_rest_of_a_stream_in_a_transaction_is_told_when_the_stream_is_left()
    {
        await using Bank bank = await CreateAsync("IF n = 1000 THEN RAISE division_by_zero; END IF;");
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
        {
            await accounts.AddAsync("1", 5, transaction);
            WriteFailedException failed = await Assert.ThrowsAsync<WriteFailedException>(async () =>
            {
                await foreach (string _ in accounts.StreamPairsAsync(transaction))
                {
                    break;
                }
            });
            Assert.Contains("division_by_zero", failed.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
        }

        Assert.Equal(["0"], await bank.Source.RowsAsync("SELECT balance FROM account WHERE owner = '1'"));
        await AssertWorksAsync(bank, accounts);
    }

    /// <summary>The request to cancel is answered by nobody either.</summary>
    [Fact]
    public async Task A_stream_of_a_frozen_server_can_be_left()
    {
        await using Bank bank = await CreateAsync();
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Source, ";Maximum Pool Size=1");
        Migration migration = await StartAsync(bank);
        AccountRepository accounts = new(migration);
        Task reading = Task.Run(async () =>
        {
            await foreach (string _ in accounts.StreamPairsAsync())
            {
                relay.Freeze();
                break;
            }
        });

        await reading.WaitAsync(Bound);
        relay.Thaw();
        await AssertWorksAsync(bank, accounts);
    }

    private async Task<Bank> CreateAsync(string with = "")
    {
        Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        await bank.Source.ExecuteAsync(
            $"""
            INSERT INTO account (owner, balance) SELECT i, 0 FROM generate_series(1, {Accounts}) AS i;
            CREATE SEQUENCE produced;
            CREATE FUNCTION produced(bigint) RETURNS text LANGUAGE plpgsql AS $$
            DECLARE n bigint := nextval('produced');
            BEGIN
                {with}
                RETURN repeat('x', 1000);
            END $$;
            """);
        await bank.Target.ExecuteAsync($"INSERT INTO account (owner, amount) SELECT i, 0 FROM generate_series(1, {Accounts}) AS i");

        // One that is not given back would be missed at once.
        bank.LimitConnections(1);
        return bank;
    }

    /// <summary>What it counts is no row, and a query that may not write would be read whole before its first row is given out.</summary>
    private static Task<Migration> StartAsync(Bank bank) => bank.StartAsync(Stage.SourceFirst, options => options.AdoNet.ReadOnlyFunctions.Add("produced"));

    private static async Task<long> ProducedAsync(Bank bank) =>
        long.Parse((await bank.Source.RowsAsync("SELECT last_value FROM produced"))[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task AssertWorksAsync(Bank bank, AccountRepository accounts)
    {
        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(1, await accounts.AddAsync("2", 1).WaitAsync(Bound));
            Assert.Equal(Accounts, await accounts.CountAsync().WaitAsync(Bound));
        }

        await bank.AssertEqualAsync();
    }
}
