using System.Data;
using System.Data.Common;
using DbMove.AdoNet.Readers;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Pool;
using DbMove.Scheduling;

namespace DbMove.AdoNet.Execution;

/// <summary>Plans the commands of a call for a side, and runs them on a session.</summary>
internal sealed class StatementRunner(MigrationContext context, StatementPlanner planner, DualWriteDataSourceOptions options)
{
    /// <summary>How the commands are run on a side.</summary>
    /// <exception cref="InvalidOperationException">There is no statement in them.</exception>
    public PlannedPart[] Plan(IReadOnlyList<CommandPart> parts, Side side)
    {
        PlannedPart[] planned = new PlannedPart[parts.Count];
        for (int index = 0; index < planned.Length; index++)
        {
            CommandPart part = parts[index];
            string text = side == Side.Source ? part.Text : part.TargetText ?? options.TargetText?.Invoke(part.Text) ?? part.Text;
            planned[index] = new PlannedPart(part, text, planner.Plan(text, side));
        }

        return planned.All(part => part.Plans.Length > 0) && planned.Length > 0
            ? planned
            : throw new InvalidOperationException("The command holds no statement. Set CommandText before it is executed.");
    }

    /// <summary>Whether nothing in them changes anything.</summary>
    public static bool IsRead(PlannedPart[] parts) => parts.All(part => part.Plans.All(plan => plan.Kind == PlanKind.Read));

    /// <summary>Whether the server must hold them to reading. A completed migration has no other side, where rows could be missing.</summary>
    public static bool MustNotWrite(PlannedPart[] parts, Stage stage) => stage != Stage.Completed && parts.Any(part => part.Plans.Any(plan => plan.MustNotWrite));

    /// <summary>Whether what writes unseen runs with a dirty mark.</summary>
    public bool MarksDirty => options.UnsafeStatements == UnsafeStatements.MarkDirty;

    /// <summary>Tells the caller that a query wanted to write.</summary>
    public StatementRefusedException Refuse(Exception violation)
    {
        context.Metrics.Statement("refused");
        return ReadOnlyViolation.Refuse(violation);
    }

    /// <summary>Refuses what may not run.</summary>
    /// <exception cref="StatementRefusedException">One of them may not.</exception>
    public void Check(PlannedPart[] parts, Stage stage, bool isInTransaction)
    {
        bool isRead = IsRead(parts);
        foreach (StatementPlan plan in parts.SelectMany(part => part.Plans))
        {
            if (plan.Kind == PlanKind.Refused && !(stage == Stage.Completed && plan.MayRunWhenCompleted))
            {
                context.Metrics.Statement("refused");
                throw new StatementRefusedException(plan.Refusal, plan.Reason);
            }

            if (plan.Statement.NeedsSession && isRead && !isInTransaction)
            {
                context.Metrics.Statement("refused");
                throw new StatementRefusedException(
                    StatementRefusal.ConnectionState,
                    "The query asks for what the last insert left on its connection, and outside a transaction it runs on whichever connection is free. Use INSERT … RETURNING, put both statements into one command, or run both in one transaction.");
            }
        }
    }

    /// <summary>Opens the driver's reader on a command that changes nothing.</summary>
    public async Task<(DbCommand Command, DbDataReader Reader)> OpenAsync(SideSession session, PlannedPart part, CommandBehavior behavior, CancellationToken cancellationToken)
    {
        DbCommand command = await DriverCommand.CreateAsync(session, part.Part, part.Text, cancellationToken).ConfigureAwait(false);
        DbDataReader? reader = null;
        try
        {
            reader = await command.ExecuteReaderAsync(behavior & ~CommandBehavior.CloseConnection, cancellationToken).ConfigureAwait(false);
            context.Metrics.Statement("read");
            return (command, reader);
        }
        finally
        {
            if (reader is null)
            {
                await command.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Runs commands that change nothing, one after the other, and reads all they give.</summary>
    public async Task<CommandOutcome> ReadAllAsync(SideSession session, PlannedPart[] parts, CancellationToken cancellationToken)
    {
        CommandOutcome outcome = new();
        foreach (PlannedPart part in parts)
        {
            await RunAsync(session, part.Part, part.Text, outcome, null, isKeyed: false, Side.Source, cancellationToken).ConfigureAwait(false);
            context.Metrics.Statement("read");
        }

        return outcome;
    }

    /// <summary>Runs every statement in order in a transaction, and takes note of what the follower will need.</summary>
    public async Task<CommandOutcome> RunAsync(
        DualWriteTransaction transaction, SideSession session, StageSnapshot stage, PlannedPart[] parts, CancellationToken cancellationToken)
    {
        CommandOutcome outcome = new();
        foreach (PlannedPart part in parts)
        {
            foreach (StatementPlan plan in part.Plans)
            {
                if (plan.MustNotWrite && stage.Stage != Stage.Completed)
                {
                    await RunReadOnlyAsync(transaction, session, stage, part.Part, plan, outcome, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                bool isKeyed = plan.Kind == PlanKind.Rows && stage.Stage.IsDual();
                bool isDirty = plan.Kind == PlanKind.Dirty && stage.Stage.IsDual();
                if (isDirty)
                {
                    transaction.MarkDirty(plan.Dirty, plan.Reason);
                }

                await RunAsync(
                    session, part.Part, isKeyed ? plan.KeyedText : plan.Statement.Text, outcome, isKeyed ? transaction.ChangesOf(plan.Entity!) : null, isKeyed, stage.Authority, cancellationToken).ConfigureAwait(false);
                context.Metrics.Statement(plan.Kind == PlanKind.Read ? "read" : isDirty ? "dirty" : plan.Kind == PlanKind.Rows ? "write" : "authority_only");
            }
        }

        return outcome;
    }

    /// <summary>Runs a query that calls what DbMove does not know: held to reading, or, where it writes and that is allowed, again with a dirty mark.</summary>
    private async Task RunReadOnlyAsync(
        DualWriteTransaction transaction, SideSession session, StageSnapshot stage, CommandPart part, StatementPlan plan, CommandOutcome outcome, CancellationToken cancellationToken)
    {
        string text = plan.Statement.Text;
        bool writes = false;
        await session.BeginReadOnlyAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RunAsync(session, part, text, outcome, null, isKeyed: false, stage.Authority, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception) when (ReadOnlyViolation.Is(exception))
        {
            writes = MarksDirty ? true : throw Refuse(exception);
        }

        await session.EndReadOnlyAsync(cancellationToken).ConfigureAwait(false);
        if (writes)
        {
            if (stage.Stage.IsDual())
            {
                transaction.MarkDirty(plan.Dirty, plan.Reason);
            }

            await RunAsync(session, part, text, outcome, null, isKeyed: false, stage.Authority, cancellationToken).ConfigureAwait(false);
        }

        context.Metrics.Statement(!writes ? "read" : stage.Stage.IsDual() ? "dirty" : "authority_only");
    }

    private static async Task RunAsync(
        SideSession session, CommandPart part, string text, CommandOutcome outcome, EntityChanges? changes, bool isKeyed, Side authority, CancellationToken cancellationToken)
    {
        int keys = isKeyed ? changes!.Binding.Descriptor.KeyColumns.Length : 0;
        int touched = 0;
        DbCommand command = await DriverCommand.CreateAsync(session, part, text, cancellationToken).ConfigureAwait(false);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                do
                {
                    ResultRows? rows = reader.FieldCount > keys ? ResultRows.Describe(reader, keys) : null;
                    while (reader.FieldCount > 0 && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        if (isKeyed)
                        {
                            changes!.Touch(authority, reader);
                            touched++;
                        }

                        rows?.Add(reader, keys);
                    }

                    if (rows is not null)
                    {
                        outcome.Results.Add(rows);
                    }
                }
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
                if (!isKeyed)
                {
                    // Npgsql counts when the reader is closed.
                    await reader.CloseAsync().ConfigureAwait(false);
                }

                outcome.Count(isKeyed ? touched : reader.RecordsAffected);
            }
        }
    }
}
