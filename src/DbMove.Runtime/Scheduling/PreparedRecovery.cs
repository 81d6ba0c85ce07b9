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
        using Deadline deadline = new(context.Options.FollowerTimeout, context.Time, cancellationToken);
        try
        {
            SideSession session = await context.Database(side).OpenAsync(SessionUse.Read, deadline.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await context.Control[(int)side].ReadAsync(session, deadline.Token).ConfigureAwait(false) is { IsPrepared: true };
            }
        }
        catch (OperationCanceledException exception) when (deadline.Explains(exception))
        {
            throw Unanswered(context.Options.FollowerTimeout, exception);
        }
    }

    private async Task ResolveAsync(Side prepared, CancellationToken cancellationToken)
    {
        // A lock is waited for on the server; what comes on top is for a server that does not answer.
        TimeSpan most = context.Options.LockTimeout + context.Options.FollowerTimeout;
        using Deadline deadline = new(most, context.Time, cancellationToken);
        try
        {
            SideSession old = await context.Database(prepared.Other()).OpenAsync(SessionUse.Write, deadline.Token).ConfigureAwait(false);
            await using (old.ConfigureAwait(false))
            {
                SideSession session = await context.Database(prepared).OpenAsync(SessionUse.Write, deadline.Token).ConfigureAwait(false);
                await using (session.ConfigureAwait(false))
                {
                    // The switch holds its old authority's fence until its commit point: behind this lock it is over or dead.
                    await old.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = context.Options.LockTimeout }, deadline.Token).ConfigureAwait(false);
                    ControlRow? other = await context.Control[(int)prepared.Other()].ReadAsync(old, deadline.Token).ConfigureAwait(false);

                    // From here on writers wait, as in a switch.
                    deadline.Restart(most = context.Options.PauseBudget);
                    await SettleAsync(old, other, session, deadline.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException exception) when (deadline.Explains(exception))
        {
            throw Unanswered(most, exception);
        }
    }

    /// <summary>Finishes or undoes, behind the fence of the old authority.</summary>
    private async Task SettleAsync(SideSession old, ControlRow? other, SideSession session, CancellationToken cancellationToken)
    {
        ControlStore control = context.Control[(int)session.Database.Side];
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
            await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.PauseBudget }, cancellationToken).ConfigureAwait(false);
            await control.ClearPreparedAsync(session, row.Epoch, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // The number stays in the row, so that it is burned: the next switch takes a greater one.
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = context.Options.PauseBudget }, cancellationToken).ConfigureAwait(false);
            await control.WriteAsync(
                session, row with { Stage = other.Stage, IsPrepared = false, DualSince = other.DualSince }, "dbmove", $"undid the switch to {row.Stage.ToWireName()}", cancellationToken).ConfigureAwait(false);
        }

        await context.Probes.ReachAsync(ProbePoint.SwitchResolving, cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        SchedulingLog.Resolved(context.Logger, context.Name, row.Stage.ToWireName(), row.Epoch, passed ? "finished" : "undone");
    }

    private StageUnknownException Unanswered(TimeSpan most, Exception exception) => new(
        context.Name, $"A side of migration '{context.Name}' did not answer within {most.TotalSeconds:0.###} s, so what a switch left in its control rows is not known to be resolved. Try again.", exception);
}
