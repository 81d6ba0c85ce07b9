using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace DbMove;

/// <content>Transactions over several writes and entities.</content>
public sealed partial class Migration
{
    /// <summary>Begins a transaction over several writes and entities. Its fence is taken with its first statement.</summary>
    /// <remarks>Nothing in it is tried again: see <see cref="ExecuteInTransactionAsync(Func{DualWriteTransaction, CancellationToken, Task}, IsolationLevel, CancellationToken)"/>.</remarks>
    /// <param name="isolation">
    /// Isolation on the authority: read committed (also for <see cref="IsolationLevel.Unspecified"/>), repeatable read or serializable. The
    /// follower is always written read committed. SQLite is always serializable.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another isolation level; nothing was begun.</exception>
    /// <exception cref="MigrationNotRunningException">The migration was not started, or was stopped.</exception>
    public Task<DualWriteTransaction> BeginTransactionAsync(IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default) =>
        DualWriteTransaction.BeginAsync(Pool, isolation, cancellationToken);

    /// <summary>
    /// Runs a delegate in a transaction and commits it; after a serialization failure, a deadlock, a lost connection or a
    /// <see cref="StageMovedException"/> it runs the delegate again, as often as <see cref="MigrationOptions.Retry"/> says.
    /// </summary>
    /// <remarks>
    /// Danger: the delegate may run several times, and only what it does in its transaction is undone. Whatever else it does (sends a message,
    /// changes a variable of its caller) happens each time. It must pass its transaction to every repository call, and neither reuse the objects of
    /// an earlier run nor catch the failure of a write: that run cannot be committed any more. It is never run again once it may have been
    /// committed: after a <see cref="CommitOutcomeUnknownException"/>, and after a commit of its own, whatever it throws then. To give up, throw, or
    /// roll the transaction back.
    /// </remarks>
    /// <param name="work">What to do; it gets the transaction and the token.</param>
    /// <param name="isolation">As in <see cref="BeginTransactionAsync"/>.</param>
    /// <param name="cancellationToken">Cancels; ignored once the authority's commit is sent.</param>
    /// <exception cref="WriteFailedException">A write failed, the last time too; nothing was committed.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The connection was lost while the authority committed.</exception>
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

    /// <inheritdoc cref="ExecuteInTransactionAsync(Func{DualWriteTransaction, CancellationToken, Task}, IsolationLevel, CancellationToken)"/>
    /// <typeparam name="TResult">What the delegate returns.</typeparam>
    /// <returns>What the run that was committed has returned.</returns>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "They differ in what the delegate returns, which every call says; no optional parameter decides between them.")]
    public async Task<TResult> ExecuteInTransactionAsync<TResult>(
        Func<DualWriteTransaction, CancellationToken, Task<TResult>> work, IsolationLevel isolation = IsolationLevel.ReadCommitted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        (TResult? result, ExceptionDispatchInfo? late) = await Pool.Retry.RunAsync(
            static async ValueTask<(TResult?, ExceptionDispatchInfo?)> (state, token) =>
            {
                DualWriteTransaction transaction = await DualWriteTransaction.BeginAsync(state.Pool, state.isolation, token).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    try
                    {
                        TResult result = await state.work(transaction, token).ConfigureAwait(false);
                        if (!transaction.WasEndedByCaller)
                        {
                            await transaction.CommitAsync(token).ConfigureAwait(false);
                        }

                        return (result, null);
                    }
                    catch (Exception exception) when (transaction.MayBeCommitted)
                    {
                        // What came after the commit failed: another run would write everything a second time.
                        return (default, ExceptionDispatchInfo.Capture(exception));
                    }
                }
            },
            (Pool, work, isolation),
            cancellationToken).ConfigureAwait(false);
        late?.Throw();
        return result!;
    }
}
