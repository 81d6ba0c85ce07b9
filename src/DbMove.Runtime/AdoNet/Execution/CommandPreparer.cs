using System.Data.Common;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Scheduling;

namespace DbMove.AdoNet.Execution;

/// <summary>Prepares commands of a data source on both sides.</summary>
internal sealed class CommandPreparer(Migration migration, StatementRunner runner, WorkInFlight work)
{
    private MigrationContext Context => migration.Context;

    /// <summary>
    /// Prepares commands where they will run: on the open transaction's connection, else on one of the authority; and in a dual stage
    /// what writes their images on one of the follower.
    /// </summary>
    public async Task PrepareAsync(DualWriteConnection connection, IReadOnlyList<CommandPart> parts, CancellationToken cancellationToken)
    {
        connection.RequireOpen();
        using IDisposable entry = work.Hold();
        (StageSnapshot stage, PlannedPart[] planned) = await DriverFailure.SurfaceAsync(
            connection.Current is { } transaction
                ? PrepareInAsync(transaction.DualWrite, parts, cancellationToken)
                : PrepareAloneAsync(parts, cancellationToken)).ConfigureAwait(false);
        if (stage.Stage.IsDual())
        {
            await PrepareImagesAsync(
                stage.Follower, planned.SelectMany(part => part.Plans).Select(plan => plan.Entity).OfType<EntityBinding>().Distinct(), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(StageSnapshot Stage, PlannedPart[] Planned)> PrepareInAsync(
        DualWriteTransaction transaction, IReadOnlyList<CommandPart> parts, CancellationToken cancellationToken)
    {
        (StageSnapshot, PlannedPart[]) prepared = await transaction.BeginStatementAsync(
            stage => Plan(parts, stage),
            static async (session, stage, planned, token) =>
            {
                await PrepareOnAsync(session, stage, planned, token).ConfigureAwait(false);
                return (stage, planned);
            },
            cancellationToken).ConfigureAwait(false);
        transaction.EndStatement();
        return prepared;
    }

    private async Task<(StageSnapshot Stage, PlannedPart[] Planned)> PrepareAloneAsync(IReadOnlyList<CommandPart> parts, CancellationToken cancellationToken)
    {
        StageSnapshot stage = await Context.Stage.GetForReadAsync(cancellationToken).ConfigureAwait(false);
        PlannedPart[] planned = Plan(parts, stage);
        SideSession authority = await Context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (authority.ConfigureAwait(false))
        {
            await PrepareOnAsync(authority, stage, planned, cancellationToken).ConfigureAwait(false);
        }

        return (stage, planned);
    }

    private static async Task PrepareOnAsync(SideSession session, StageSnapshot stage, PlannedPart[] planned, CancellationToken cancellationToken)
    {
        foreach (PlannedPart part in planned)
        {
            // Prepared is what will be sent: a query as it is, a write statement by statement, with its keys where they are needed.
            IEnumerable<string> texts = StatementRunner.IsRead([part])
                ? [part.Text]
                : part.Plans.Select(plan => plan.Kind == PlanKind.Rows && stage.Stage.IsDual() ? plan.KeyedText : plan.Statement.Text);
            foreach (string text in texts)
            {
                DbCommand command = await DriverCommand.CreateAsync(session, part.Part with { IsPrepared = true }, text, cancellationToken).ConfigureAwait(false);
                await command.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task PrepareImagesAsync(Side follower, IEnumerable<EntityBinding> entities, CancellationToken cancellationToken)
    {
        SideDatabase database = Context.Database(follower);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                foreach (EntityBinding entity in entities)
                {
                    await entity.PrepareImagesAsync(session, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (database.Classify(exception) is FailureKind.Availability or FailureKind.Transient)
        {
            // The follower is never needed: what is not prepared now is prepared when it is used again.
        }
    }

    private PlannedPart[] Plan(IReadOnlyList<CommandPart> parts, StageSnapshot stage)
    {
        PlannedPart[] planned = runner.Plan(parts, stage.Authority);
        runner.Check(planned, stage.Stage, isInTransaction: true);
        return planned;
    }
}
