using System.Data;
using System.Diagnostics.CodeAnalysis;
using DbMove.Dialects;
using DbMove.InMemory;

namespace DbMove;

/// <summary>
/// Rows in memory, for unit tests of code that depends on repositories: what the generated in-memory repositories of a test share, with
/// its transactions. It stands in for the database that has the authority, not for a migration: there is one side, and no stage moves. Thread-safe.
/// </summary>
/// <param name="authority">
/// The side that it stands in for: rows are in its form, and <see cref="TargetOnlyAttribute"/> members are null on the source,
/// <see cref="SourceOnlyAttribute"/> members on the target, as they are when the real one is read.
/// </param>
/// <remarks>
/// A transaction sees the rows as they were when it first read their table, and its own writes; a commit fails as a transient
/// <see cref="WriteFailedException"/> where somebody else has changed one of its rows meanwhile. No lock is ever waited for.
/// </remarks>
public sealed class InMemoryDatabase(Side authority = Side.Source) : IDualWriteTransactions
{
    private const int MostAttempts = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<Type, InMemoryTable> _tables = [];
    private readonly Dictionary<Type, long> _numbers = [];

    /// <summary>The side that it stands in for.</summary>
    public Side Authority { get; } = authority is Side.Source or Side.Target ? authority : throw new ArgumentOutOfRangeException(nameof(authority), authority, "A migration has a source and a target.");

    /// <inheritdoc/>
    public Task<DualWriteTransaction> BeginTransactionAsync(IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(DualWriteTransaction.InMemory(new InMemoryWork(this)));
    }

    /// <inheritdoc/>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "They differ in what the delegate returns, which every call says; no optional parameter decides between them.")]
    public Task ExecuteInTransactionAsync(
        Func<DualWriteTransaction, CancellationToken, Task> work, IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return ExecuteInTransactionAsync(
            async (transaction, token) =>
            {
                await work(transaction, token).ConfigureAwait(false);
                return true;
            },
            isolation,
            cancellationToken);
    }

    /// <inheritdoc/>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "They differ in what the delegate returns, which every call says; no optional parameter decides between them.")]
    public async Task<TResult> ExecuteInTransactionAsync<TResult>(
        Func<DualWriteTransaction, CancellationToken, Task<TResult>> work, IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        for (int attempt = 1; ; attempt++)
        {
            DualWriteTransaction transaction = await BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                try
                {
                    TResult result = await work(transaction, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return result;
                }
                catch (WriteFailedException exception) when (exception.Kind == FailureKind.Transient && attempt < MostAttempts)
                {
                    // Somebody else's rows are there now: from the beginning.
                }
            }
        }
    }

    internal InMemoryTable? Get(Type map)
    {
        lock (_lock)
        {
            return _tables.GetValueOrDefault(map);
        }
    }

    /// <summary>Gives out the next number of a table; none is given twice, whatever becomes of its transaction.</summary>
    internal long NextNumber(Type map, long greatest)
    {
        lock (_lock)
        {
            return _numbers[map] = Math.Max(_numbers.GetValueOrDefault(map), greatest) + 1;
        }
    }

    internal bool TryCommit(Dictionary<Type, InMemoryTable> before, Dictionary<Type, InMemoryTable> after)
    {
        lock (_lock)
        {
            List<(Type Map, InMemoryTable Table)> merged = [];
            foreach ((Type map, InMemoryTable table) in after)
            {
                InMemoryTable began = before[map];
                if (!ReferenceEquals(began, table))
                {
                    if (table.Redo(began, _tables.GetValueOrDefault(map, began)) is not { } redone)
                    {
                        return false;
                    }

                    merged.Add((map, redone));
                }
            }

            foreach ((Type map, InMemoryTable table) in merged)
            {
                _tables[map] = table;
            }

            return true;
        }
    }
}
