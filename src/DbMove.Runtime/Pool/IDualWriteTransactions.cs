using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace DbMove;

/// <summary>Begins transactions: a <see cref="Migration"/>, or, in tests without a database, an <see cref="InMemoryDatabase"/>.</summary>
public interface IDualWriteTransactions
{
    /// <summary>Begins a transaction. Dispose it: what was not committed is rolled back.</summary>
    /// <param name="isolation">Isolation on the authority: read committed, repeatable read or serializable.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<DualWriteTransaction> BeginTransactionAsync(IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default);

    /// <summary>Runs work in a transaction and commits it; again, from the beginning, where nothing was committed and it may help.</summary>
    /// <param name="work">What to do. It may run several times.</param>
    /// <param name="isolation">As in <see cref="BeginTransactionAsync"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "They differ in what the delegate returns, which every call says; no optional parameter decides between them.")]
    Task ExecuteInTransactionAsync(
        Func<DualWriteTransaction, CancellationToken, Task> work, IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ExecuteInTransactionAsync(Func{DualWriteTransaction, CancellationToken, Task}, IsolationLevel, CancellationToken)"/>
    /// <typeparam name="TResult">What the work gives.</typeparam>
    /// <returns>What the work gave when it was committed.</returns>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "They differ in what the delegate returns, which every call says; no optional parameter decides between them.")]
    Task<TResult> ExecuteInTransactionAsync<TResult>(
        Func<DualWriteTransaction, CancellationToken, Task<TResult>> work, IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default);
}
