using DbMove.Control;
using DbMove.Dialects;

namespace DbMove.Scheduling;

/// <summary>Brings control tables that an older DbMove made to this version; makes none.</summary>
internal sealed class ControlUpgrade(MigrationContext context)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (SideDatabase database in context.Databases)
        {
            SideSession session = await database.OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                ControlTables tables = context.Control[(int)database.Side].Tables;
                if (await tables.ReadVersionAsync(session, cancellationToken).ConfigureAwait(false) is > 0 and < ControlTables.CurrentVersion)
                {
                    await tables.EnsureAsync(session, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }
}
