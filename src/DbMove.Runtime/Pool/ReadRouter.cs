using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Pool;

/// <summary>Where a read outside a transaction goes, and what it costs. A read inside one goes to its authority and never comes here.</summary>
internal sealed class ReadRouter(MigrationContext context)
{
    /// <summary>Reads on the authority, without fence.</summary>
    public async Task<TResult> ReadAsync<TResult>(Func<SideSession, CancellationToken, Task<TResult>> read, CancellationToken cancellationToken)
    {
        StageSnapshot stage = await context.Stage.GetForReadAsync(cancellationToken).ConfigureAwait(false);
        SideDatabase database = context.Database(stage.Authority);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await read(session, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (database.Classify(exception) is FailureKind.Availability)
        {
            throw new DatabaseUnavailableException(
                stage.Authority, $"The {stage.Authority.ToWireName()} ({database.DisplayName}), which is the authority, could not be read: {exception.Message}", exception);
        }
    }
}
