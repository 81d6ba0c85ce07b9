using System.Data;
using System.Data.Common;
using DbMove.Dialects;

namespace DbMove.AdoNet.Execution;

/// <summary>The rows of a query, one after the other. It may be left before the last.</summary>
internal sealed class QueryRows<T> : IAsyncDisposable
{
    private readonly SideSession _session;
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;
    private Func<T>? _read;

    /// <summary>Whether the server may have more to send.</summary>
    private bool _hasRest = true;
    private bool _isClosed;

    private QueryRows(SideSession session, DbCommand command, DbDataReader reader) => (_session, _command, _reader) = (session, command, reader);

    /// <summary>What the present row becomes, where there is a source of it.</summary>
    public T Current => _read!();

    /// <summary>Sends a query that changes nothing.</summary>
    public static async Task<QueryRows<T>> OpenAsync(StatementRunner runner, SideSession session, PlannedPart planned, RowSource<T>? source, CancellationToken cancellationToken)
    {
        (DbCommand command, DbDataReader reader) = await runner.OpenAsync(session, planned, CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
        QueryRows<T> rows = new(session, command, reader);
        bool isOpen = false;
        try
        {
            rows._read = source?.Open(reader, session.Database.Side, skip: 0);
            isOpen = true;
            return rows;
        }
        finally
        {
            if (!isOpen)
            {
                await rows.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Goes to the next row, if there is one.</summary>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // A driver first gives out what it has received already. An open transaction ends with this too.
            await AbandonAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        _hasRest = false;
        return _hasRest = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes it. What is left is not waited for, but in a transaction that goes on: a cancellation would end that, so it is read.</summary>
    /// <exception cref="DbException">The rest failed in a transaction, and the transaction with it.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_hasRest && !_session.InTransaction)
        {
            await AbandonAsync().ConfigureAwait(false);
        }

        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        await using (_command.ConfigureAwait(false))
        await using (_reader.ConfigureAwait(false))
        {
            // Closing alone would read it too, and a driver may keep to itself then what has failed (Npgsql: a time-out).
            while (_hasRest)
            {
                _hasRest = await _reader.NextResultAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask AbandonAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            await _session.AbandonAsync(_command, _reader).ConfigureAwait(false);
        }
    }
}
