using System.Globalization;
using DbMove.Mapping;
using SQLitePCL;

namespace DbMove.Sqlite.Values;

/// <summary>
/// Reads a row whatever storage class each value has: SQLite lets any program put anything anywhere. What is not
/// certainly the member's value is an error that says where it stands, never a guess.
/// </summary>
internal readonly partial struct RowReader(sqlite3_stmt statement, StoredColumn[] columns) : IColumnReader
{
    public Side Side => columns[0].Side;

    public bool IsNull(int position) => raw.sqlite3_column_type(statement, position) == raw.SQLITE_NULL;

    public bool ReadBoolean(int position)
    {
        if (raw.sqlite3_column_type(statement, position) == raw.SQLITE_TEXT)
        {
            RefuseInKey(position);
            string text = ReadString(position);
            return text.Equals("true", StringComparison.OrdinalIgnoreCase) || text == "1"
                || (text.Equals("false", StringComparison.OrdinalIgnoreCase) || text == "0" ? false : throw Unreadable(position));
        }

        long value = ReadInteger(position, long.MinValue, long.MaxValue);
        return columns[position].IsKey && value is not (0 or 1) ? throw Uncanonical(position) : value != 0;
    }

    public byte ReadByte(int position) => (byte)ReadInteger(position, byte.MinValue, byte.MaxValue);

    public sbyte ReadSByte(int position) => (sbyte)ReadInteger(position, sbyte.MinValue, sbyte.MaxValue);

    public short ReadInt16(int position) => (short)ReadInteger(position, short.MinValue, short.MaxValue);

    public ushort ReadUInt16(int position) => (ushort)ReadInteger(position, ushort.MinValue, ushort.MaxValue);

    public int ReadInt32(int position) => (int)ReadInteger(position, int.MinValue, int.MaxValue);

    public uint ReadUInt32(int position) => (uint)ReadInteger(position, uint.MinValue, uint.MaxValue);

    public long ReadInt64(int position) => ReadInteger(position, long.MinValue, long.MaxValue);

    public ulong ReadUInt64(int position) => (ulong)ReadInteger(position, 0, long.MaxValue);

    public decimal ReadDecimal(int position)
    {
        switch (raw.sqlite3_column_type(statement, position))
        {
            case raw.SQLITE_INTEGER:
                return raw.sqlite3_column_int64(statement, position);
            case raw.SQLITE_FLOAT:
                // The conversion keeps the 15 digits that a binary number holds for certain.
                double value = raw.sqlite3_column_double(statement, position);
                return Math.Abs(value) < (double)decimal.MaxValue ? (decimal)value : throw Unreadable(position);
            case raw.SQLITE_TEXT when DecimalDigits.TryParse(Bytes(position), out decimal parsed):
                return parsed;
            default:
                throw Unreadable(position);
        }
    }

    public double ReadDouble(int position)
    {
        switch (raw.sqlite3_column_type(statement, position))
        {
            case raw.SQLITE_FLOAT:
                return raw.sqlite3_column_double(statement, position);
            case raw.SQLITE_INTEGER:
                long integer = raw.sqlite3_column_int64(statement, position);
                double value = integer;
                return (Int128)value == integer ? value : throw Unreadable(position);
            case raw.SQLITE_TEXT when double.TryParse(Bytes(position), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed):
                return parsed;
            default:
                throw Unreadable(position);
        }
    }

    public float ReadSingle(int position)
    {
        double value = ReadDouble(position);
        float single = (float)value;
        return float.IsInfinity(single) && !double.IsInfinity(value) ? throw Unreadable(position) : single;
    }

    public string ReadString(int position)
    {
        switch (raw.sqlite3_column_type(statement, position))
        {
            case raw.SQLITE_TEXT:
                try
                {
                    return TextForms.Utf8.GetString(Bytes(position));
                }
                catch (System.Text.DecoderFallbackException exception)
                {
                    throw Unreadable(position, exception);
                }

            case raw.SQLITE_INTEGER:
                RefuseInKey(position);
                return raw.sqlite3_column_int64(statement, position).ToString(CultureInfo.InvariantCulture);
            case raw.SQLITE_FLOAT:
                RefuseInKey(position);
                return raw.sqlite3_column_double(statement, position).ToString("R", CultureInfo.InvariantCulture);
            default:
                throw Unreadable(position);
        }
    }

    public char ReadChar(int position)
    {
        if (raw.sqlite3_column_type(statement, position) == raw.SQLITE_INTEGER)
        {
            RefuseInKey(position);
            return (char)ReadInteger(position, char.MinValue, char.MaxValue);
        }

        return ReadString(position) is [char only] ? only : throw Unreadable(position);
    }

    public byte[] ReadBytes(int position)
    {
        switch (raw.sqlite3_column_type(statement, position))
        {
            case raw.SQLITE_TEXT:
                RefuseInKey(position);
                return Bytes(position).ToArray();
            case raw.SQLITE_BLOB:
                return Bytes(position).ToArray();
            default:
                throw Unreadable(position);
        }
    }

    private long ReadInteger(int position, long least, long greatest)
    {
        long value;
        switch (raw.sqlite3_column_type(statement, position))
        {
            case raw.SQLITE_INTEGER:
                value = raw.sqlite3_column_int64(statement, position);
                break;
            case raw.SQLITE_FLOAT:
                double number = raw.sqlite3_column_double(statement, position);
                value = (long)number;
                if (value != number || Math.Abs(number) > 1L << 53)
                {
                    throw Unreadable(position);
                }

                break;
            case raw.SQLITE_TEXT when long.TryParse(Bytes(position), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value):
                RefuseInKey(position);
                break;
            default:
                throw Unreadable(position);
        }

        return value >= least && value <= greatest ? value : throw Unreadable(position);
    }

    private ReadOnlySpan<byte> Bytes(int position) => raw.sqlite3_column_blob(statement, position);
}
