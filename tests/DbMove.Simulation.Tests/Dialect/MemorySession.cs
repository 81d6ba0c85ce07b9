using System.Data.Common;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Sql;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Dialect;

/// <summary>
/// A session. Begin, fence and key locks wait and go to the server in front of the next statement, as PostgreSQL's
/// dialect sends them; each of them, each statement and each commit is a step of its own.
/// </summary>
internal sealed class MemorySession(MemoryDatabase database) : SideSession
{
    private readonly List<Func<Operation, Transaction, bool>> _queue = [];
    private TransactionStart? _start;
    private bool _isDoomed;

    public override SideDatabase Database => database;

    public override bool InTransaction => _start is not null;

    public bool IsDisposed { get; private set; }

    /// <summary>Whether a write brings its images with it, and not a probe or a repair.</summary>
    public bool IsVisit { get; init; }

    /// <summary>The server's side of the transaction; null: nothing was sent yet.</summary>
    public Transaction? Transaction { get; private set; }

    private Simulator Simulator => database.World.Simulator;

    public override ValueTask BeginAsync(TransactionStart start, CancellationToken cancellationToken)
    {
        if (InTransaction)
        {
            throw new InvalidOperationException("The session has a transaction already.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        _start = start;
        if (start.Fence != FenceMode.None)
        {
            LockMode mode = start.Fence == FenceMode.Shared ? LockMode.Shared : LockMode.Exclusive;
            _queue.Add((operation, transaction) => database.Server.Fence.TryTake(operation, transaction, mode));
        }

        return default;
    }

    public override ValueTask LockKeysAsync(IReadOnlyList<int> stripes, CancellationToken cancellationToken)
    {
        if (!InTransaction)
        {
            throw new InvalidOperationException("Key locks last until a transaction ends, and there is none.");
        }

        if (!database.Server.CurrentReads)
        {
            foreach (int stripe in stripes)
            {
                _queue.Add((operation, transaction) => database.Server.Stripe(stripe).TryTake(operation, transaction, LockMode.Exclusive));
            }
        }

        return default;
    }

    public override async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_queue.Count > 0)
        {
            await RunAsync<int>("flush", static (_, _) => true, cancellationToken);
        }
    }

    public override Task TakeFenceAsync(CancellationToken cancellationToken) =>
        RunAsync<int>("fence", (operation, transaction) => database.Server.Fence.TryTake(operation, transaction, LockMode.Shared), cancellationToken);

    public override Task WaitForWritersAsync(IReadOnlyList<TableName> tables, CancellationToken cancellationToken) =>
        RunAsync<int>("wait for writers", (operation, transaction) => database.Server.Tables["item"].Lock.TryTake(operation, transaction, LockMode.Excluding), cancellationToken);

    public override async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        ThrowIfDoomed();
        if (!InTransaction)
        {
            throw new InvalidOperationException("The session has no transaction to commit.");
        }

        if (Transaction is null)
        {
            Forget();
            return;
        }

        await SubmitAsync<int>("commit", Commit, cancellationToken);
        Forget();
    }

    public override ValueTask RollbackAsync()
    {
        if (Transaction is not null)
        {
            database.Server.End(Transaction, commit: false);
        }

        Forget();
        return default;
    }

    public override async Task<int> ExecuteAsync(string sql, ReadOnlyMemory<SqlArgument> arguments, CancellationToken cancellationToken) =>
        (await RunAsync(sql, arguments, cancellationToken)).Affected;

    public override async Task<List<T>> QueryAsync<T>(string sql, ReadOnlyMemory<SqlArgument> arguments, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        StatementResult result = await RunAsync(sql, arguments, cancellationToken);
        MemoryReader reader = new();
        return [.. result.Rows.Select(row =>
        {
            reader.Row = row;
            return read(reader);
        })];
    }

    public override async ValueTask DisposeAsync()
    {
        IsDisposed = true;
        await RollbackAsync();
    }

    /// <summary>Runs a statement behind what is queued. One that waits is run again, and goes on where it was.</summary>
    public Task<T> RunAsync<T>(string label, Func<SessionOperation<T>, Transaction, bool> statement, CancellationToken cancellationToken)
    {
        ThrowIfDoomed();
        Queue<Func<Operation, Transaction, bool>> before = new(_queue);
        _queue.Clear();
        return SubmitAsync<T>(
            label,
            operation =>
            {
                bool isAlone = _start is null;
                Transaction transaction = Transaction ??= database.Begin();
                while (before.TryPeek(out Func<Operation, Transaction, bool>? first))
                {
                    if (!first(operation, transaction))
                    {
                        return false;
                    }

                    before.Dequeue();
                    if (Simulator.Chance(0.3))
                    {
                        // Others may come between a lock and the statement behind it.
                        return false;
                    }
                }

                if (!statement(operation, transaction))
                {
                    return false;
                }

                if (isAlone)
                {
                    database.Server.End(transaction, commit: true);
                    Transaction = null;
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>One step of an operation, on the server.</summary>
    public bool TryRun(Operation operation, Func<bool> run)
    {
        Transaction?.WaitsFor.Clear();
        try
        {
            if (database.Server.IsDown)
            {
                throw new MemoryFailure(FailureKind.Availability, "the server is away");
            }

            if (Transaction is { IsEnded: true })
            {
                // Ended from outside. Of a commit that was sent into it nobody can tell what became of it.
                throw new MemoryFailure(operation.Label.EndsWith(" commit", StringComparison.Ordinal) && Simulator.Chance(0.5) ? FailureKind.UnknownOutcome : FailureKind.Availability, "the server has ended the session");
            }

            if (run())
            {
                return true;
            }

            if (operation.Blockers.Count > 0)
            {
                Wait(operation);
            }

            return false;
        }
        catch (MemoryFailure)
        {
            Doom();
            throw;
        }
    }

    /// <summary>After an error the transaction is over on the server, and nothing more is sent in it.</summary>
    public void Doom()
    {
        if (Transaction is not null)
        {
            database.Server.End(Transaction, commit: false);
        }

        if (InTransaction)
        {
            _isDoomed = true;
        }
        else
        {
            Transaction = null;
        }
    }

    private void ThrowIfDoomed()
    {
        if (_isDoomed)
        {
            throw new MemoryFailure(FailureKind.Bug, "An earlier error ended this transaction.");
        }
    }

    private async Task<StatementResult> RunAsync(string sql, ReadOnlyMemory<SqlArgument> arguments, CancellationToken cancellationToken)
    {
        Statement statement = StatementParser.Parse(sql);
        Dictionary<string, object?> values = new(StringComparer.Ordinal);
        foreach (SqlArgument argument in arguments.Span)
        {
            values[argument.Name] = argument.Value is int number ? (long)number : argument.Value;
        }

        StatementResult result = new();
        string[] words = sql.Split('"', 3);
        await RunAsync<int>(
            words.Length > 1 ? $"{words[0].Split(' ')[0]} {words[1]}" : sql,
            (operation, transaction) =>
                statement.TryRun(operation, database.Server, new Scope { Transaction = transaction, Arguments = values, Now = Simulator.Clock }, result),
            cancellationToken);
        return result;
    }

    private bool Commit(SessionOperation<int> operation)
    {
        bool isLost = database.World.LosesCommit();
        if (!isLost || Simulator.Chance(0.5))
        {
            database.Server.End(Transaction!, commit: true);
        }

        return isLost ? throw new MemoryFailure(FailureKind.UnknownOutcome, "the answer to the commit was lost") : true;
    }

    private void Wait(Operation operation)
    {
        Transaction transaction = Transaction!;
        transaction.WaitsFor.Clear();
        transaction.WaitsFor.AddRange(operation.Blockers);
        if (operation.Deadline == long.MaxValue)
        {
            operation.Deadline = Simulator.Clock + (long)(_start?.LockTimeout ?? TimeSpan.FromSeconds(30)).TotalMilliseconds;
        }

        HashSet<Transaction> seen = [];
        Stack<Transaction> ahead = new(operation.Blockers);
        while (ahead.TryPop(out Transaction? other))
        {
            if (other == transaction)
            {
                throw new MemoryFailure(FailureKind.Transient, "deadlock");
            }

            if (seen.Add(other))
            {
                foreach (Transaction next in other.WaitsFor)
                {
                    ahead.Push(next);
                }
            }
        }
    }

    private async Task<T> SubmitAsync<T>(string label, Func<SessionOperation<T>, bool> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SessionOperation<T> operation = new(database.Actor, $"{(database.Side == Side.Source ? 'S' : 'T')} {label}", this, run);
        Simulator.Submit(operation);
        if (!cancellationToken.CanBeCanceled)
        {
            return await operation.Task;
        }

        await using CancellationTokenRegistration cancelling = cancellationToken.UnsafeRegister(_ => Cancel(operation, cancellationToken), null);
        return await operation.Task;
    }

    /// <summary>The server is asked to give up, and the transaction is over with it. A commit may have been faster.</summary>
    private void Cancel<T>(SessionOperation<T> operation, CancellationToken cancellationToken)
    {
        if (Transaction is { IsEnded: false } && operation.Label.EndsWith(" commit", StringComparison.Ordinal) && Simulator.Chance(0.5))
        {
            database.Server.End(Transaction, commit: true);
        }

        Doom();
        Simulator.Cancel(operation, cancellationToken);
    }

    private void Forget()
    {
        (_start, Transaction, _isDoomed) = (null, null, false);
        _queue.Clear();
    }
}
