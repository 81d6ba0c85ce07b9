using System.Data.Common;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;

namespace DbMove.AdoNet.Execution;

/// <summary>
/// Runs the statements of repositories' <see cref="SqlAttribute"/> methods: a query where the repository's reads go, a write as a
/// transaction of the pool, whose rows are told and carried over as those of <see cref="DualWriteDataSource"/> are.
/// </summary>
internal sealed partial class MethodExecutor
{
    private readonly Migration _migration;
    private readonly StatementRunner _runner;
    private readonly MethodPlanner _planner;

    public MethodExecutor(Migration migration)
    {
        _migration = migration;

        // What an option of the data source allows, a repository still refuses; of its functions it may know.
        DualWriteDataSourceOptions options = new();
        options.ReadOnlyFunctions.UnionWith(Context.Options.AdoNet.ReadOnlyFunctions);
        StatementPlanner statements = new(Context, options);
        _runner = new StatementRunner(Context, statements, options);
        _planner = new MethodPlanner(Context, statements);
    }

    private MigrationContext Context => _migration.Context;

    /// <summary>Runs a write for the number of rows that it touched.</summary>
    public async Task<int> CountAsync(MethodCall call, DualWriteTransaction? transaction, CancellationToken cancellationToken) =>
        (await WriteAsync<int>(call, null, transaction, cancellationToken).ConfigureAwait(false)).Affected;

    /// <summary>Runs a query, or a write that returns rows, and reads all its rows.</summary>
    public async Task<List<T>> RowsAsync<T>(MethodCall call, RowSource<T> source, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        Side side = Context.Stage.Last?.Authority ?? Side.Source;
        if (_planner.Plan(call, side).Plans[0].Kind != PlanKind.Read || transaction is not null)
        {
            return Limited(call, (await WriteAsync(call, source, transaction, cancellationToken).ConfigureAwait(false)).Rows);
        }

        return Limited(call, await _migration.Reads.Router.QueryAsync(
            async (session, stage, token) =>
            {
                PlannedPart planned = Check(call, stage, isInTransaction: false);
                if (!StatementRunner.MustNotWrite([planned], stage.Stage))
                {
                    return (await ReadAsync(session, planned, call, source, token).ConfigureAwait(false)).Rows;
                }

                await session.BeginReadOnlyAsync(token).ConfigureAwait(false);
                List<T> rows = (await HeldAsync(session, planned, call, source, token).ConfigureAwait(false)).Rows;
                await session.EndReadOnlyAsync(token).ConfigureAwait(false);
                return rows;
            },
            cancellationToken).ConfigureAwait(false));
    }

    // Not while a query runs: in a transaction that would end it, and nothing is wrong with it.
    private static List<T> Limited<T>(MethodCall call, List<T> rows) => rows.Count <= call.Maximum ? rows : throw call.TooMany();

    /// <summary>In the caller's transaction, or one of the call's own: committed at once, and tried again where nothing was committed and it may help.</summary>
    private async Task<(List<T> Rows, int Affected)> WriteAsync<T>(MethodCall call, RowSource<T>? source, DualWriteTransaction? transaction, CancellationToken cancellationToken)
    {
        AmbientTransaction.Refuse();
        return transaction is not null
            ? await RunInAsync(transaction, call, source, cancellationToken).ConfigureAwait(false)
            : await _migration.Pool.RunAloneAsync(
                static (own, state, token) => state.Executor.RunInAsync(own, state.call, state.source, token), (Executor: this, call, source), isSingleWrite: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(List<T> Rows, int Affected)> RunInAsync<T>(DualWriteTransaction transaction, MethodCall call, RowSource<T>? source, CancellationToken cancellationToken)
    {
        (List<T>, int) outcome = await transaction.BeginStatementAsync(
            stage => Check(call, stage, isInTransaction: true),
            (session, stage, planned, token) => RunAsync(transaction, session, stage, planned, call, source, token),
            cancellationToken).ConfigureAwait(false);
        transaction.EndStatement();
        return outcome;
    }

    private async Task<(List<T> Rows, int Affected)> RunAsync<T>(
        DualWriteTransaction transaction, SideSession session, StageSnapshot stage, PlannedPart planned, MethodCall call, RowSource<T>? source, CancellationToken cancellationToken)
    {
        if (!StatementRunner.MustNotWrite([planned], stage.Stage))
        {
            return planned.Plans[0].Kind == PlanKind.Read
                ? await ReadAsync(session, planned, call, source, cancellationToken).ConfigureAwait(false)
                : await ChangeAsync(transaction, session, stage, planned, call, source, cancellationToken).ConfigureAwait(false);
        }

        await session.BeginReadOnlyAsync(cancellationToken).ConfigureAwait(false);
        (List<T>, int) held = await HeldAsync(session, planned, call, source, cancellationToken).ConfigureAwait(false);
        await session.EndReadOnlyAsync(cancellationToken).ConfigureAwait(false);
        return held;
    }

    private async Task<(List<T> Rows, int Affected)> HeldAsync<T>(SideSession session, PlannedPart planned, MethodCall call, RowSource<T>? source, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(session, planned, call, source, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception) when (ReadOnlyViolation.Is(exception))
        {
            throw _runner.Refuse(exception);
        }
    }

    /// <summary>A query: nothing of it concerns the follower.</summary>
    private async Task<(List<T> Rows, int Affected)> ReadAsync<T>(SideSession session, PlannedPart planned, MethodCall call, RowSource<T>? source, CancellationToken cancellationToken)
    {
        RequireRead(planned, call);
        QueryRows<T> query = await QueryRows<T>.OpenAsync(_runner, session, planned, source, cancellationToken).ConfigureAwait(false);
        await using (query.ConfigureAwait(false))
        {
            List<T> rows = [];
            while (source is not null && rows.Count <= call.Maximum && await query.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(query.Current);
            }

            return (rows, 0);
        }
    }

    /// <summary>A write on the authority. In a dual stage the keys of its rows come back before its own columns, and are taken note of.</summary>
    private async Task<(List<T> Rows, int Affected)> ChangeAsync<T>(
        DualWriteTransaction transaction, SideSession session, StageSnapshot stage, PlannedPart planned, MethodCall call, RowSource<T>? source, CancellationToken cancellationToken)
    {
        StatementPlan plan = planned.Plans[0];
        Pool.EntityChanges? changes = stage.Stage.IsDual() ? transaction.ChangesOf(plan.Entity!) : null;
        int keys = changes is null ? 0 : plan.Entity!.Descriptor.KeyColumns.Length;
        List<T> rows = [];
        int touched = 0;
        DbCommand command = await DriverCommand.CreateAsync(session, planned.Part, changes is null ? plan.Statement.Text : plan.KeyedText, cancellationToken).ConfigureAwait(false);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                Func<T>? read = source?.Open(reader, stage.Authority, keys);
                while (reader.FieldCount > 0 && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    changes?.Touch(stage.Authority, reader);
                    touched++;
                    if (read is not null)
                    {
                        // Thrown in here, so that nothing of the statement is committed.
                        rows.Add(rows.Count < call.Maximum ? read() : throw call.TooMany());
                    }
                }

                // Npgsql counts when the reader is closed.
                await reader.CloseAsync().ConfigureAwait(false);
                touched = changes is null ? Math.Max(reader.RecordsAffected, touched) : touched;
            }
        }

        Context.Metrics.Statement("write");
        return (source is null ? rows : await source.ReadAgainAsync(session, rows, cancellationToken).ConfigureAwait(false), touched);
    }

    // The side was another when the way was chosen: nobody would take note of the rows.
    private static void RequireRead(PlannedPart planned, MethodCall call)
    {
        if (planned.Plans[0].Kind != PlanKind.Read)
        {
            throw new StatementRefusedException(StatementRefusal.UnknownStatement, $"{call.Statement.Method} reads on one side, and on the other it does not. Both its texts must do the same.");
        }
    }

    private PlannedPart Check(MethodCall call, StageSnapshot stage, bool isInTransaction)
    {
        PlannedPart planned = _planner.Plan(call, stage.Authority);
        _runner.Check([planned], stage.Stage, isInTransaction);
        return planned;
    }
}
