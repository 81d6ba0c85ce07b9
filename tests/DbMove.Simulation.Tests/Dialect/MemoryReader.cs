using System.Collections;
using System.Data.Common;

namespace DbMove.Simulation.Tests.Dialect;

/// <summary>One row, read the way the runtime reads control tables: numbers, texts and nulls by place.</summary>
internal sealed class MemoryReader : DbDataReader
{
    private static readonly NotSupportedException s_unused = new("The runtime reads control tables by place, as numbers and texts.");

    /// <summary>The row.</summary>
    public object?[] Row { get; set; } = [];

    public override int FieldCount => Row.Length;

    public override bool HasRows => true;

    public override bool IsClosed => false;

    public override int RecordsAffected => -1;

    public override int Depth => 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => throw s_unused;

    public override bool IsDBNull(int ordinal) => Row[ordinal] is null;

    public override long GetInt64(int ordinal) => (long)Row[ordinal]!;

    public override int GetInt32(int ordinal) => (int)(long)Row[ordinal]!;

    public override string GetString(int ordinal) => (string)Row[ordinal]!;

    public override bool GetBoolean(int ordinal) => (bool)Row[ordinal]!;

    public override object GetValue(int ordinal) => Row[ordinal] ?? DBNull.Value;

    public override byte GetByte(int ordinal) => throw s_unused;

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw s_unused;

    public override char GetChar(int ordinal) => throw s_unused;

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw s_unused;

    public override string GetDataTypeName(int ordinal) => throw s_unused;

    public override DateTime GetDateTime(int ordinal) => throw s_unused;

    public override decimal GetDecimal(int ordinal) => throw s_unused;

    public override double GetDouble(int ordinal) => throw s_unused;

    public override IEnumerator GetEnumerator() => throw s_unused;

    public override Type GetFieldType(int ordinal) => Row[ordinal] is string ? typeof(string) : typeof(long);

    public override float GetFloat(int ordinal) => throw s_unused;

    public override Guid GetGuid(int ordinal) => throw s_unused;

    public override short GetInt16(int ordinal) => throw s_unused;

    public override string GetName(int ordinal) => throw s_unused;

    public override int GetOrdinal(string name) => throw s_unused;

    public override int GetValues(object[] values) => throw s_unused;

    public override bool NextResult() => false;

    public override bool Read() => false;
}
