using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DbMove.AdoNet.Execution;

namespace DbMove.AdoNet.Readers;

/// <summary>
/// Reads results that are in memory: those of every command that writes. What it returned is read to the end, and outside a
/// transaction committed, before the caller sees the first row.
/// </summary>
internal sealed class BufferedReader(CommandOutcome outcome, Action<DbDataReader> closed) : DbDataReader
{
    private int _result;
    private int _row = -1;
    private bool _isClosed;

    public override int Depth => 0;

    public override int FieldCount => Current?.Columns.Length ?? 0;

    public override bool HasRows => Current is { Rows.Count: > 0 };

    public override bool IsClosed => _isClosed;

    public override int RecordsAffected => outcome.Affected;

    private ResultRows? Current
    {
        get
        {
            return _isClosed ? throw new InvalidOperationException("The reader is closed.") : _result < outcome.Results.Count ? outcome.Results[_result] : null;
        }
    }

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        bool hasRow = Current is { } rows && _row + 1 < rows.Rows.Count;
        _row = hasRow ? _row + 1 : Current?.Rows.Count ?? 0;
        return hasRow;
    }

    public override bool NextResult()
    {
        bool hasResult = Current is not null && _result + 1 < outcome.Results.Count;
        _result = hasResult ? _result + 1 : outcome.Results.Count;
        _row = -1;
        return hasResult;
    }

    public override string GetName(int ordinal) => Column(ordinal).Name;

    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "What ADO.NET asks of a reader.")]
    public override int GetOrdinal(string name)
    {
        ResultColumn[] columns = Current?.Columns ?? [];
        int exact = Array.FindIndex(columns, column => string.Equals(column.Name, name, StringComparison.Ordinal));
        int found = exact >= 0 ? exact : Array.FindIndex(columns, column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? found : throw new IndexOutOfRangeException($"The result has no column '{name}'.");
    }

    public override string GetDataTypeName(int ordinal) => Column(ordinal).TypeName;

    [return: DynamicallyAccessedMembers(ResultColumn.Members)]
    public override Type GetFieldType(int ordinal) => Column(ordinal).Type;

    public override object GetValue(int ordinal) =>
        Current is { } rows && _row >= 0 && _row < rows.Rows.Count ? rows.Rows[_row][ordinal] : throw new InvalidOperationException("The reader stands on no row.");

    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int count = Math.Min(values.Length, FieldCount);
        for (int index = 0; index < count; index++)
        {
            values[index] = GetValue(index);
        }

        return count;
    }

    public override bool IsDBNull(int ordinal) => GetValue(ordinal) is DBNull;

    public override T GetFieldValue<T>(int ordinal) => BufferedValue.As<T>(GetValue(ordinal));

    public override bool GetBoolean(int ordinal) => GetFieldValue<bool>(ordinal);

    public override byte GetByte(int ordinal) => GetFieldValue<byte>(ordinal);

    public override char GetChar(int ordinal) => GetFieldValue<char>(ordinal);

    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => GetFieldValue<decimal>(ordinal);

    public override double GetDouble(int ordinal) => GetFieldValue<double>(ordinal);

    public override float GetFloat(int ordinal) => GetFieldValue<float>(ordinal);

    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    public override short GetInt16(int ordinal) => GetFieldValue<short>(ordinal);

    public override int GetInt32(int ordinal) => GetFieldValue<int>(ordinal);

    public override long GetInt64(int ordinal) => GetFieldValue<long>(ordinal);

    public override string GetString(int ordinal) => GetFieldValue<string>(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy(GetFieldValue<byte[]>(ordinal), dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    public override void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            closed(this);
        }
    }

    private static long Copy<T>(T[] from, long offset, T[]? to, int toOffset, int length)
    {
        if (to is null)
        {
            return from.Length;
        }

        int count = (int)Math.Max(0, Math.Min(length, from.Length - offset));
        Array.Copy(from, offset, to, toOffset, count);
        return count;
    }

    private ResultColumn Column(int ordinal) => Current?.Columns[ordinal] ?? throw new InvalidOperationException("There is no result.");
}
