using System.Buffers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite.Values;

/// <summary>A parameter, from 1, of a statement on the connection itself: nothing is boxed.</summary>
internal readonly struct StatementPlace(sqlite3_stmt statement, int index, StoredColumn column) : IStoredPlace
{
    private const int StackBytes = 256;

    public StoredColumn Column => column;

    public void PutNull() => Check(raw.sqlite3_bind_null(statement, index));

    public void PutInteger(long value) => Check(raw.sqlite3_bind_int64(statement, index, value));

    public void PutReal(double value) => Check(raw.sqlite3_bind_double(statement, index, value));

    public void PutText(string value)
    {
        int most = TextForms.Utf8.GetMaxByteCount(value.Length);
        byte[]? rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> text = rented ?? stackalloc byte[StackBytes];
        try
        {
            PutText(text[..TextForms.Utf8.GetBytes(value, text)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    public void PutText(ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(statement, index, utf8));

    public void PutBlob(byte[] value) => Check(raw.sqlite3_bind_blob(statement, index, value));

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException($"Column '{column.Name}' of table '{column.Table}' could not be bound: {raw.sqlite3_errstr(code).utf8_to_string()}.", code);
        }
    }
}
