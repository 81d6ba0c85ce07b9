using DbMove.Control;
using DbMove.Dialects;
using DbMove.Telemetry;

namespace DbMove.Scheduling;

/// <summary>Finishes or undoes a switch that died between <em>prepared</em> and its last step (DESIGN §3.8).</summary>
internal sealed class PreparedRecovery(MigrationContext context)
{
    /// <summary>Resolves a prepared row, if there is one. Waits for a switch that is still alive.</summary>
    public async Task ResolveAsync(CancellationToken cancellationToken)
    {
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            if (await IsPreparedAsync(side, cancellationToken).ConfigureAwait(false))
            {
                await ResolveAsync(side, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> IsPreparedAsync(Side side, CancellationToken cancellationToken)
    {
        SideSession session = await context.Database(side).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return await context.Control[(int)side].ReadAsync(session, cancellationToken).ConfigureAwait(false) is { IsPrepared: true };
        }
    }

    private async Task ResolveAsync(Side prepared, CancellationToken cancellationToken)
    {
        TransactionStart exclusive = new() { Fence = FenceMode.Exclusive, LockTimeout = context.Options.LockTimeout };
        SideSession old = await context.Database(prepared.Other()).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (old.ConfigureAwait(false))
        {
            // The switch holds its old authority's fence until its commit point: behind this lock it is over or dead.
            await old.BeginAsync(exclusive, cancellationToken).ConfigureAwait(false);
            ControlStore control = context.Control[(int)prepared];
            ControlRow? other = await context.Control[(int)prepared.Other()].ReadAsync(old, cancellationToken).ConfigureAwait(false);
            SideSession session = await context.Database(prepared).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                if (await control.ReadAsync(session, cancellationToken).ConfigureAwait(false) is not { IsPrepared: true } row || other is null)
                {
                    return;
                }

                bool passed = row.Agrees(other);
                if (passed)
                {
                    // The new authority decides already, and its writers take its fence first: no fence is held here while
                    // another is waited for.
                    await old.RollbackAsync().ConfigureAwait(false);
                    await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
                    await control.ClearPreparedAsync(session, row.Epoch, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    // The number stays in the row, so that it is burned: the next switch takes a greater one.
                    await session.BeginAsync(exclusive, cancellationToken).ConfigureAwait(false);
                    await control.WriteAsync(
                        session, row with { Stage = other.Stage, IsPrepared = false, DualSince = other.DualSince }, "dbmove", $"undid the switch to {row.Stage.ToWireName()}", cancellationToken).ConfigureAwait(false);
                }

                await context.Probes.ReachAsync(ProbePoint.SwitchResolving, cancellationToken).ConfigureAwait(false);
                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
                SchedulingLog.Resolved(context.Logger, context.Name, row.Stage.ToWireName(), row.Epoch, passed ? "finished" : "undone");
            }
        }
    }
}
