using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Sqlite.Values;

namespace DbMove.Sqlite.Schema;

/// <summary>
/// Whether SQLite gives back what is stored. It enforces neither lengths nor digits, but a column's affinity may turn a
/// value into another one: '007' into 7, a decimal into a binary number, a float into 15 digits.
/// </summary>
internal static class ColumnCheck
{
    public static string? Run(ColumnDescriptor column, ColumnSchema schema, Side side = Side.Source)
    {
        ColumnType type = column.TypeOn(side);
        // A column of a STRICT table that is declared ANY converts nothing; its kind says so.
        Affinity affinity = schema.Kind == StorageKind.Any ? Affinity.None : DeclaredType.Parse(schema.DeclaredType, isStrict: false).Affinity;
        string? reason = type switch
        {
            // Of a key the description says so only when such a row is there.
            _ when column.IsKey && schema.IsNullable => "a row has NULL for its key, which SQLite allows unless the column is NOT NULL, and no key finds that row. Use an update to give it a key",
            ColumnType.Boolean or ColumnType.Byte or ColumnType.SByte or ColumnType.Int16 or ColumnType.UInt16 or ColumnType.Int32 or ColumnType.UInt32 =>
                CheckInteger(column, schema, affinity, isWide: false),
            ColumnType.Int64 or ColumnType.UInt64 => CheckInteger(column, schema, affinity, isWide: true),
            ColumnType.Decimal => CheckDecimal(column, schema, affinity),
            ColumnType.Double or ColumnType.Single => CheckFloat(column, schema, affinity),
            ColumnType.String or ColumnType.Char => CheckText(schema, affinity),
            ColumnType.Guid => CheckGuid(column, schema, affinity),
            ColumnType.DateTime or ColumnType.DateTimeOffset or ColumnType.DateOnly or ColumnType.TimeOnly or ColumnType.TimeSpan => CheckTime(column, schema, affinity),
            ColumnType.Bytes => CheckBytes(affinity),
            _ => "this dialect does not know the member's type",
        };
        return reason is null
            ? null
            : $"Member {column.Member} ({(column.ElementType is { } element ? element + "[]" : type.ToString())}) cannot be kept in column '{schema.Name}' of declared type '{schema.DeclaredType}': {reason}.";
    }

    private static string? CheckInteger(ColumnDescriptor column, ColumnSchema schema, Affinity affinity, bool isWide) => affinity switch
    {
        Affinity.Text when column.IsKey => "SQLite would sort the key as text, 10 before 9. Declare the column INTEGER",
        Affinity.Real when isWide => "SQLite would keep it as a floating-point number, which rounds beyond 2^53. Declare the column INTEGER",
        Affinity.None when schema.Kind == StorageKind.Bytes => "the column is declared for bytes. Declare it INTEGER",
        _ => null,
    };

    private static string? CheckDecimal(ColumnDescriptor column, ColumnSchema schema, Affinity affinity)
    {
        if (column.IsKey)
        {
            return "SQLite keeps decimals as text or as binary numbers, so they cannot be a key. Use an integer";
        }

        if (affinity is Affinity.Text || schema.Kind == StorageKind.Any)
        {
            return null;
        }

        if (schema.Kind == StorageKind.Bytes)
        {
            return "the column is declared for bytes. Declare it TEXT";
        }

        // A binary number of 64 bits gives every decimal of 15 digits back, and not every one of 16.
        return schema.Kind == StorageKind.Decimal && schema.Precision <= DecimalDigits.Certain
            ? null
            : "SQLite would keep it as a binary number, exact to 15 digits only. Declare the column TEXT, or DECIMAL(p,s) with p of at most 15";
    }

    private static string? CheckFloat(ColumnDescriptor column, ColumnSchema schema, Affinity affinity) => affinity switch
    {
        _ when column.IsKey && affinity is Affinity.Text => "SQLite would sort the key as text. Declare the column REAL",
        Affinity.Text => "SQLite would keep it as text of 15 digits, and a double needs 17. Declare the column REAL",
        Affinity.None when schema.Kind == StorageKind.Bytes => "the column is declared for bytes. Declare it REAL",
        _ => null,
    };

    private static string? CheckText(ColumnSchema schema, Affinity affinity) =>
        affinity is Affinity.Text || schema.Kind == StorageKind.Any ? null
        : schema.Kind == StorageKind.Bytes && affinity == Affinity.None ? "the column is declared for bytes. Declare it TEXT"
        : "SQLite would turn text that looks like a number into one, '007' into 7. Declare the column TEXT (SQLite reads types such as STRING or JSON as numeric)";

    private static string? CheckGuid(ColumnDescriptor column, ColumnSchema schema, Affinity affinity) => schema.Kind switch
    {
        StorageKind.Bytes when column.IsKey => "Guids are kept as upper-case text, and those kept as bytes sort in another order. Declare the key TEXT and rewrite its values",
        StorageKind.Guid or StorageKind.Bytes or StorageKind.Any => null,
        _ => affinity is Affinity.Text ? null : "the column is declared for numbers or dates. Declare it TEXT",
    };

    private static string? CheckTime(ColumnDescriptor column, ColumnSchema schema, Affinity affinity)
    {
        if (column.IsKey && column.Type == ColumnType.TimeSpan)
        {
            return "the text of a length of time does not sort by its length, so it cannot be a key. Use an integer";
        }

        // The texts of dates and times are never numbers, so numeric affinity, which DATETIME has, leaves them alone.
        return schema.Kind switch
        {
            StorageKind.Timestamp or StorageKind.Instant or StorageKind.Date or StorageKind.Time or StorageKind.Interval or StorageKind.Text or StorageKind.Any => null,
            _ => affinity is Affinity.Text
                ? null
                : "the column is declared for something else, so other programs may keep numbers there whose meaning is not certain. Declare it TEXT",
        };
    }

    private static string? CheckBytes(Affinity affinity) =>
        affinity is Affinity.Integer or Affinity.Real ? "the column is declared for numbers. Declare it BLOB" : null;
}
