using System.Data;
using System.Data.Common;

namespace DbMove.AdoNet.Execution;

/// <summary>What a command and a batch have in common: how they run, in all three ways, and how they are cancelled.</summary>
internal sealed class CommandRun
{
    private CancellationTokenSource? _running;

    /// <summary>Asks what runs now, if anything, to end.</summary>
    public void Cancel()
    {
        try
        {
            Volatile.Read(ref _running)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }

    public async Task<DbDataReader> ReadAsync(
        DualWriteConnection connection, IReadOnlyList<CommandPart> parts, DbTransaction? transaction, CommandBehavior behavior, CancellationToken cancellationToken)
    {
        using CancellationTokenSource running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Volatile.Write(ref _running, running);
        try
        {
            return await connection.ExecuteAsync(parts, transaction, behavior, running.Token).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _running, null);
        }
    }

    /// <summary>Reads all results and tells how many rows were changed.</summary>
    public static async Task<int> CountAsync(Task<DbDataReader> run, CancellationToken cancellationToken)
    {
        DbDataReader reader = await run.ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }

        return reader.RecordsAffected;
    }

    /// <summary>The first value of the first row; null: there is none.</summary>
    public static async Task<object?> ScalarAsync(Task<DbDataReader> run, CancellationToken cancellationToken)
    {
        DbDataReader reader = await run.ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return reader.FieldCount > 0 && await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetValue(0) : null;
        }
    }
}
