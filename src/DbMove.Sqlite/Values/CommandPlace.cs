using System.Text;
using Microsoft.Data.Sqlite;

namespace DbMove.Sqlite.Values;

/// <summary>A parameter of a command of the driver's.</summary>
internal readonly struct CommandPlace(SqliteParameter parameter, StoredColumn column) : IStoredPlace
{
    public StoredColumn Column => column;

    public void PutNull() => parameter.Value = DBNull.Value;

    public void PutInteger(long value) => parameter.Value = value;

    public void PutReal(double value) => parameter.Value = value;

    public void PutText(string value)
    {
        // The driver would make another text of it.
        _ = TextForms.Utf8.GetByteCount(value);
        parameter.Value = value;
    }

    public void PutText(ReadOnlySpan<byte> utf8) => parameter.Value = Encoding.UTF8.GetString(utf8);

    public void PutBlob(byte[] value) => parameter.Value = value;
}
