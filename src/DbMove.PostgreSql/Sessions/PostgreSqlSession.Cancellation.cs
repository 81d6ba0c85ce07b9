using System.Data.Common;

namespace DbMove.PostgreSql.Sessions;

/// <content>Cancellation that ends the wait even where the server says nothing any more.</content>
internal sealed partial class PostgreSqlSession
{
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(250);

    /// <summary>What has not ended although it was cancelled; the session can only be disposed then.</summary>
    private Task? _abandoned;

    /// <summary>
    /// Runs something on the connection and ends with its token at the latest, a moment aside. Npgsql cancels by asking the
    /// server on a second connection, and the thread that cancels waits there for the server to close it: a frozen server
    /// never does. So the token is Npgsql's only at second hand, and what has not ended then is left to end by itself.
    /// </summary>
    private async Task<T> BoundAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await run(cancellationToken).ConfigureAwait(false);
        }

        CancellationTokenSource driver = new();
        Task<T> running = run(driver.Token);
        try
        {
            return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            // Where the server is well it cancels at once, and the connection can be used again.
            Task cancelling = driver.CancelAsync();
            await Task.WhenAny(running, Task.Delay(s_grace, CancellationToken.None)).ConfigureAwait(false);
            if (!running.IsCompleted)
            {
                _abandoned = Task.WhenAll(running, cancelling);
            }
            else
            {
                await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            throw;
        }
        finally
        {
            // While it is being cancelled it is still in use, and it holds nothing that must be given back.
            if (!driver.IsCancellationRequested)
            {
                driver.Dispose();
            }
        }
    }

    // On another thread: the one that asks the server to cancel waits there, and so does the caller of the reader's closing.
    public override async ValueTask AbandonAsync(DbCommand command, DbDataReader reader)
    {
        Task closing = Task.Run(() => base.AbandonAsync(command, reader).AsTask());
        await Task.WhenAny(closing, Task.Delay(s_grace)).ConfigureAwait(false);
        if (closing.IsCompleted)
        {
            await closing.ConfigureAwait(false);
        }
        else
        {
            _abandoned = closing;
        }
    }

    /// <summary>Gives the connection back when what was left on it has ended: nothing else may touch it before.</summary>
    private async Task DisposeLaterAsync(Task abandoned)
    {
        await abandoned.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // Nobody waits for it, and a connection that cannot even be closed is not given out again.
        }
    }
}
