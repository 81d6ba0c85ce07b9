using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Reads;

namespace DbMove.AdoNet.Execution;

/// <content>Rows as they come.</content>
internal sealed partial class MethodExecutor
{
    /// <summary>Runs a query and gives its rows as they come; a connection, or the transaction, is taken until the last was given.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        MethodCall call, RowSource<T> source, DualWriteTransaction? transaction, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StageSnapshot? stage = transaction is null ? await Context.Stage.GetForReadAsync(cancellationToken).ConfigureAwait(false) : null;
        PlannedPart planned = _planner.Plan(call, stage?.Authority ?? Context.Stage.Last?.Authority ?? Side.Source);
        if (planned.Plans[0].Kind != PlanKind.Read || planned.Plans[0].MustNotWrite)
        {
            // Committed, or let go by the server, before the first row is given out.
            foreach (T row in await RowsAsync(call, source, transaction, cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }

            yield break;
        }

        IAsyncEnumerable<T> rows = transaction is null
            ? StreamAloneAsync(call, source, stage!, cancellationToken)
            : StreamInAsync(call, source, transaction, cancellationToken);
        await foreach (T row in rows.ConfigureAwait(false))
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<T> StreamAloneAsync<T>(MethodCall call, RowSource<T> source, StageSnapshot stage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PlannedPart planned = Check(call, stage, isInTransaction: false);
        SideReader sides = _migration.Reads.Router.Sides;
        SideSession session = await sides.StepAsync(stage.Authority, () => sides.OpenAsync(stage.Authority, cancellationToken)).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            (DbCommand command, DbDataReader reader) = await sides.StepAsync(
                stage.Authority, () => _runner.OpenAsync(session, planned, CommandBehavior.Default, cancellationToken)).ConfigureAwait(false);
            await using (command.ConfigureAwait(false))
            await using (reader.ConfigureAwait(false))
            {
                Func<T> read = source.Open(reader, stage.Authority, skip: 0);
                while (await sides.StepAsync(stage.Authority, () => reader.ReadAsync(cancellationToken)).ConfigureAwait(false))
                {
                    yield return read();
                }
            }
        }
    }

    private async IAsyncEnumerable<T> StreamInAsync<T>(MethodCall call, RowSource<T> source, DualWriteTransaction transaction, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (DbCommand command, DbDataReader reader, Func<T> read) = await transaction.BeginStatementAsync(
            stage => Check(call, stage, isInTransaction: true),
            async (session, stage, planned, token) =>
            {
                (DbCommand opened, DbDataReader rows) = await _runner.OpenAsync(session, planned, CommandBehavior.Default, token).ConfigureAwait(false);
                return (opened, rows, source.Open(rows, stage.Authority, skip: 0));
            },
            cancellationToken).ConfigureAwait(false);
        try
        {
            await using (command.ConfigureAwait(false))
            await using (reader.ConfigureAwait(false))
            {
                while (await transaction.StepStatementAsync(() => reader.ReadAsync(cancellationToken)).ConfigureAwait(false))
                {
                    yield return read();
                }
            }
        }
        finally
        {
            transaction.EndStatement();
        }
    }
}
