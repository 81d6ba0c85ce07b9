using System.Data;
using System.Data.Common;
using DbMove.AdoNet.Readers;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Pool;
using DbMove.Scheduling;

namespace DbMove.AdoNet.Execution;

/// <summary>Runs the commands of a data source: reads on the authority, writes as transactions of the pool.</summary>
internal sealed class CommandExecutor(Migration migration, StatementRunner runner, WorkInFlight work)
{
    private MigrationContext Context => migration.Context;

    /// <summary>Runs a command or a batch. A command outside a transaction that writes is committed when this returns.</summary>
    public async Task<DbDataReader> ExecuteAsync(DualWriteConnection connection, IReadOnlyList<CommandPart> parts, CommandBehavior behavior, CancellationToken cancellationToken)
    {
        AmbientTransaction.Refuse();
        Action<DbDataReader> closed = behavior.HasFlag(CommandBehavior.CloseConnection) ? connection.CloseAfter : connection.Forget;
        DbDataReader reader = await DriverFailure.SurfaceAsync(
            connection.Current is { } transaction
                ? RunInAsync(transaction.DualWrite, parts, behavior, closed, cancellationToken)
                : RunAloneAsync(parts, behavior, closed, cancellationToken)).ConfigureAwait(false);
        connection.Remember(reader);
        if (connection.Current is { } open && reader is DriverReader streaming)
        {
            open.Reader = streaming;
        }

        return reader;
    }

    private async Task<DbDataReader> RunAloneAsync(IReadOnlyList<CommandPart> parts, CommandBehavior behavior, Action<DbDataReader> closed, CancellationToken cancellationToken)
    {
        IDisposable entry = work.Hold();
        bool isHandedOver = false;
        try
        {
            Side side = Context.Stage.Last?.Authority ?? Side.Source;
            PlannedPart[] planned = runner.Plan(parts, side);
            if (StatementRunner.IsRead(planned))
            {
                StageSnapshot stage = await Context.Stage.GetForReadAsync(cancellationToken).ConfigureAwait(false);
                planned = stage.Authority == side ? planned : runner.Plan(parts, stage.Authority);
                if (StatementRunner.IsRead(planned))
                {
                    runner.Check(planned, stage.Stage, isInTransaction: false);
                    try
                    {
                        DbDataReader reader = await ReadAsync(stage, planned, behavior, entry, closed, cancellationToken).ConfigureAwait(false);
                        isHandedOver = reader is DriverReader;
                        return reader;
                    }
                    catch (DbException exception) when (runner.MarksDirty && ReadOnlyViolation.Is(exception))
                    {
                        // It writes, which is allowed: as a write, with its mark.
                    }
                }
            }

            RefuseDescribing(behavior);
            return new BufferedReader(await WriteAsync(parts, cancellationToken).ConfigureAwait(false), closed);
        }
        finally
        {
            if (!isHandedOver)
            {
                entry.Dispose();
            }
        }
    }

    /// <summary>Reads on the authority, without fence, as repositories do; what calls an unknown function, held to reading by the server.</summary>
    private async Task<DbDataReader> ReadAsync(
        StageSnapshot stage, PlannedPart[] planned, CommandBehavior behavior, IDisposable entry, Action<DbDataReader> closed, CancellationToken cancellationToken)
    {
        SideSession session = await Context.Database(stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        bool isHandedOver = false;
        bool isHeld = StatementRunner.MustNotWrite(planned, stage.Stage);
        try
        {
            if (isHeld)
            {
                await session.BeginReadOnlyAsync(cancellationToken).ConfigureAwait(false);
            }

            if (planned.Length > 1 || (isHeld && runner.MarksDirty))
            {
                CommandOutcome outcome = await runner.ReadAllAsync(session, planned, cancellationToken).ConfigureAwait(false);
                if (isHeld)
                {
                    await session.EndReadOnlyAsync(cancellationToken).ConfigureAwait(false);
                }

                return new BufferedReader(outcome, closed);
            }

            (DbCommand command, DbDataReader inner) = await runner.OpenAsync(session, planned[0], behavior, cancellationToken).ConfigureAwait(false);
            isHandedOver = true;
            return new DriverReader(session, command, inner, isHeld ? runner.Refuse : null, isInTransaction: false, async isClean =>
            {
                try
                {
                    if (isHeld && isClean)
                    {
                        await session.EndReadOnlyAsync(CancellationToken.None).ConfigureAwait(false);
                    }
                }
                finally
                {
                    await session.DisposeAsync().ConfigureAwait(false);
                    entry.Dispose();
                }
            }, closed);
        }
        catch (DbException exception) when (isHeld && !runner.MarksDirty && ReadOnlyViolation.Is(exception))
        {
            throw runner.Refuse(exception);
        }
        finally
        {
            if (!isHandedOver)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>A transaction of the command's own, committed at once; tried again where nothing was committed and it may help.</summary>
    private async Task<CommandOutcome> WriteAsync(IReadOnlyList<CommandPart> parts, CancellationToken cancellationToken) =>
        await migration.Pool.RunAloneAsync(
            static (transaction, state, token) => state.Executor.WriteInAsync(transaction, state.parts, token), (Executor: this, parts), isSingleWrite: false, cancellationToken).ConfigureAwait(false);

    private async Task<CommandOutcome> WriteInAsync(DualWriteTransaction transaction, IReadOnlyList<CommandPart> parts, CancellationToken cancellationToken)
    {
        CommandOutcome outcome = await transaction.BeginStatementAsync(
            stage => Plan(parts, stage),
            (session, stage, planned, token) => runner.RunAsync(transaction, session, stage, planned, token),
            cancellationToken).ConfigureAwait(false);
        transaction.EndStatement();
        return outcome;
    }

    private async Task<DbDataReader> RunInAsync(
        DualWriteTransaction transaction, IReadOnlyList<CommandPart> parts, CommandBehavior behavior, Action<DbDataReader> closed, CancellationToken cancellationToken)
    {
        DbDataReader reader = await transaction.BeginStatementAsync<PlannedPart[], DbDataReader>(
            stage => Plan(parts, stage),
            async (session, stage, planned, token) =>
            {
                if (planned.Length == 1 && StatementRunner.IsRead(planned) && !StatementRunner.MustNotWrite(planned, stage.Stage))
                {
                    // A value that is still on its way can fail or be cancelled, and the server's transaction with it, where nobody
                    // watches; so rows are read whole.
                    (DbCommand command, DbDataReader inner) = await runner.OpenAsync(session, planned[0], behavior & ~CommandBehavior.SequentialAccess, token).ConfigureAwait(false);
                    return new DriverReader(session, command, inner, null, isInTransaction: true, isClean => ReleaseAsync(transaction, isClean), closed);
                }

                RefuseDescribing(behavior);
                return new BufferedReader(await runner.RunAsync(transaction, session, stage, planned, token).ConfigureAwait(false), closed);
            },
            cancellationToken).ConfigureAwait(false);
        if (reader is BufferedReader)
        {
            transaction.EndStatement();
        }

        return reader;
    }

    private static async ValueTask ReleaseAsync(DualWriteTransaction transaction, bool isClean)
    {
        if (!isClean)
        {
            await transaction.FailStatementAsync().ConfigureAwait(false);
        }

        transaction.EndStatement();
    }

    private static void RefuseDescribing(CommandBehavior behavior)
    {
        if ((behavior & (CommandBehavior.SchemaOnly | CommandBehavior.KeyInfo)) != 0)
        {
            throw new NotSupportedException("A command that writes cannot be described without being run. Describe a query of the same columns instead.");
        }
    }

    private PlannedPart[] Plan(IReadOnlyList<CommandPart> parts, StageSnapshot stage)
    {
        PlannedPart[] planned = runner.Plan(parts, stage.Authority);
        runner.Check(planned, stage.Stage, isInTransaction: true);
        return planned;
    }
}
