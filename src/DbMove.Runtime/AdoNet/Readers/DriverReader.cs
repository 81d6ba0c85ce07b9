using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DbMove.AdoNet.Execution;
using DbMove.Dialects;

namespace DbMove.AdoNet.Readers;

/// <summary>The driver's own reader on the authority. Closing it gives back what it was opened on.</summary>
/// <param name="session">What it was opened on.</param>
/// <param name="command">The driver's command.</param>
/// <param name="inner">The driver's reader.</param>
/// <param name="refuse">Makes of the server's refusal to write what the caller is told; null: the query is not held to reading.</param>
/// <param name="isInTransaction">
/// Whether it is one of a transaction that goes on: what is left unread is read before it is closed, because a driver's own closing
/// may keep to itself what has failed the server's transaction (Npgsql: a time-out).
/// </param>
/// <param name="release">Gives back what it was opened on; whether all went well.</param>
/// <param name="closed">Is told when it is closed.</param>
internal sealed class DriverReader(
    SideSession session, DbCommand command, DbDataReader inner, Func<Exception, StatementRefusedException>? refuse, bool isInTransaction, Func<bool, ValueTask> release, Action<DbDataReader> closed) : DbDataReader
{
    private bool _isAtEnd;
    private bool _isClosed;
    private bool _hasFailed;

    public override int Depth => inner.Depth;

    public override int FieldCount => inner.FieldCount;

    public override int VisibleFieldCount => inner.VisibleFieldCount;

    public override bool HasRows => inner.HasRows;

    public override bool IsClosed => _isClosed;

    public override int RecordsAffected => inner.RecordsAffected;

    public override object this[int ordinal] => inner[ordinal];

    public override object this[string name] => inner[name];

    public override bool Read() => Watch(inner.Read);

    public override bool NextResult() => NoteEnd(Watch(inner.NextResult));

    public override Task<bool> ReadAsync(CancellationToken cancellationToken) => WatchAsync(inner.ReadAsync, cancellationToken);

    public override async Task<bool> NextResultAsync(CancellationToken cancellationToken) => NoteEnd(await WatchAsync(inner.NextResultAsync, cancellationToken).ConfigureAwait(false));

    public override string GetName(int ordinal) => inner.GetName(ordinal);

    public override int GetOrdinal(string name) => inner.GetOrdinal(name);

    public override string GetDataTypeName(int ordinal) => inner.GetDataTypeName(ordinal);

    [return: DynamicallyAccessedMembers(ResultColumn.Members)]
    public override Type GetFieldType(int ordinal) => inner.GetFieldType(ordinal);

    public override object GetValue(int ordinal) => inner.GetValue(ordinal);

    public override int GetValues(object[] values) => inner.GetValues(values);

    public override bool IsDBNull(int ordinal) => inner.IsDBNull(ordinal);

    public override Task<bool> IsDBNullAsync(int ordinal, CancellationToken cancellationToken) => inner.IsDBNullAsync(ordinal, cancellationToken);

    public override T GetFieldValue<T>(int ordinal) => inner.GetFieldValue<T>(ordinal);

    public override Task<T> GetFieldValueAsync<T>(int ordinal, CancellationToken cancellationToken) => inner.GetFieldValueAsync<T>(ordinal, cancellationToken);

    public override Stream GetStream(int ordinal) => inner.GetStream(ordinal);

    public override TextReader GetTextReader(int ordinal) => inner.GetTextReader(ordinal);

    public override bool GetBoolean(int ordinal) => inner.GetBoolean(ordinal);

    public override byte GetByte(int ordinal) => inner.GetByte(ordinal);

    public override char GetChar(int ordinal) => inner.GetChar(ordinal);

    public override DateTime GetDateTime(int ordinal) => inner.GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal) => inner.GetDecimal(ordinal);

    public override double GetDouble(int ordinal) => inner.GetDouble(ordinal);

    public override float GetFloat(int ordinal) => inner.GetFloat(ordinal);

    public override Guid GetGuid(int ordinal) => inner.GetGuid(ordinal);

    public override short GetInt16(int ordinal) => inner.GetInt16(ordinal);

    public override int GetInt32(int ordinal) => inner.GetInt32(ordinal);

    public override long GetInt64(int ordinal) => inner.GetInt64(ordinal);

    public override string GetString(int ordinal) => inner.GetString(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => inner.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => inner.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override DataTable? GetSchemaTable() => inner.GetSchemaTable();

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    public override void Close() => CloseAsync().GetAwaiter().GetResult();

    public override async Task CloseAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        bool isClean = false;
        try
        {
            // Errors of statements that nobody read as far as come now.
            await EndInnerAsync().ConfigureAwait(false);
            isClean = !_hasFailed;
        }
        catch (DbException exception) when (refuse is not null && ReadOnlyViolation.Is(exception))
        {
            throw refuse(exception);
        }
        finally
        {
            await ReleaseAsync(isClean).ConfigureAwait(false);
        }
    }

    /// <summary>Closes it because its connection is closed: what the server still sends is cancelled, not read to the end.</summary>
    public async Task AbandonAsync()
    {
        if (_isClosed)
        {
            return;
        }

        if (_isAtEnd)
        {
            await CloseAsync().ConfigureAwait(false);
            return;
        }

        _isClosed = true;
        try
        {
            await session.AbandonAsync(command, inner).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(isClean: false).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EndInnerAsync()
    {
        try
        {
            while (isInTransaction && !_isAtEnd && !_hasFailed)
            {
                _isAtEnd = !await inner.NextResultAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            await command.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask ReleaseAsync(bool isClean)
    {
        try
        {
            await release(isClean).ConfigureAwait(false);
        }
        finally
        {
            closed(this);
        }
    }

    private bool NoteEnd(bool hasResult)
    {
        _isAtEnd = !hasResult;
        return hasResult;
    }

    private bool Watch(Func<bool> step)
    {
        bool isDone = false;
        try
        {
            bool result = step();
            isDone = true;
            return result;
        }
        catch (DbException exception) when (refuse is not null && ReadOnlyViolation.Is(exception))
        {
            throw refuse(exception);
        }
        finally
        {
            _hasFailed |= !isDone;
        }
    }

    private async Task<bool> WatchAsync(Func<CancellationToken, Task<bool>> step, CancellationToken cancellationToken)
    {
        bool isDone = false;
        try
        {
            bool result = await step(cancellationToken).ConfigureAwait(false);
            isDone = true;
            return result;
        }
        catch (DbException exception) when (refuse is not null && ReadOnlyViolation.Is(exception))
        {
            throw refuse(exception);
        }
        finally
        {
            _hasFailed |= !isDone;
        }
    }
}
