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
            QueryRows<T> rows = await sides.StepAsync(stage.Authority, () => QueryRows<T>.OpenAsync(_runner, session, planned, source, cancellationToken)).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await sides.StepAsync(stage.Authority, () => rows.ReadAsync(cancellationToken)).ConfigureAwait(false))
                {
                    yield return rows.Current;
                }
            }
        }
    }

    private async IAsyncEnumerable<T> StreamInAsync<T>(MethodCall call, RowSource<T> source, DualWriteTransaction transaction, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The side, and with it what it knows of a function, is certain only now.
        (QueryRows<T>? rows, List<T> held) = await transaction.BeginStatementAsync<PlannedPart, (QueryRows<T>?, List<T>)>(
            stage => Check(call, stage, isInTransaction: true),
            async (session, stage, planned, token) =>
            {
                if (StatementRunner.MustNotWrite([planned], stage.Stage))
                {
                    return (null, (await RunAsync(transaction, session, stage, planned, call, source, token).ConfigureAwait(false)).Rows);
                }

                RequireRead(planned, call);
                return (await QueryRows<T>.OpenAsync(_runner, session, planned, source, token).ConfigureAwait(false), []);
            },
            cancellationToken).ConfigureAwait(false);
        if (rows is null)
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
            while (await transaction.StepStatementAsync(() => rows.ReadAsync(cancellationToken)).ConfigureAwait(false))
            {
                yield return rows.Current;
            }
        }
        finally
        {
            try
            {
                await transaction.StepStatementAsync(async () =>
                {
                    await rows.DisposeAsync().ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);
            }
            finally
            {
                transaction.EndStatement();
            }
        }
    }
}
