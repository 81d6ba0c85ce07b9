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
        IAsyncEnumerable<T> rows = transaction is null ? StreamAloneAsync(call, source, cancellationToken) : StreamInAsync(call, source, transaction, cancellationToken);
        await foreach (T row in rows.ConfigureAwait(false))
        {
            yield return row;
        }
    }

    private async IAsyncEnumerable<T> StreamAloneAsync<T>(MethodCall call, RowSource<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StageSnapshot stage = await Context.Stage.GetForReadAsync(cancellationToken).ConfigureAwait(false);
        PlannedPart planned = Check(call, stage, isInTransaction: false);
        if (StatementRunner.MustNotWrite([planned], stage.Stage))
        {
            // Let go by the server before the first row is given out.
            foreach (T row in await RowsAsync(call, source, null, cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }

            yield break;
        }

        RequireRead(planned, call);
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
        // The side, and with it what it knows of a function, is certain only now.
        (DbCommand? command, DbDataReader? reader, Func<T>? read, List<T> held) = await transaction.BeginStatementAsync<PlannedPart, (DbCommand?, DbDataReader?, Func<T>?, List<T>)>(
            stage => Check(call, stage, isInTransaction: true),
            async (session, stage, planned, token) =>
            {
                if (StatementRunner.MustNotWrite([planned], stage.Stage))
                {
                    return (null, null, null, (await RunAsync(transaction, session, stage, planned, call, source, token).ConfigureAwait(false)).Rows);
                }

                RequireRead(planned, call);
                (DbCommand opened, DbDataReader rows) = await _runner.OpenAsync(session, planned, CommandBehavior.Default, token).ConfigureAwait(false);
                return (opened, rows, source.Open(rows, stage.Authority, skip: 0), []);
            },
            cancellationToken).ConfigureAwait(false);
        if (command is null || reader is null || read is null)
        {
            transaction.EndStatement();
            foreach (T row in held)
            {
                yield return row;
            }

            yield break;
        }

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
