using System.Data;
using System.Data.Common;
using System.Globalization;
using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.AdoNet.Execution;

/// <summary>Binds one parameter of a method's statement.</summary>
internal static class MethodParameter
{
    /// <param name="command">The driver's command.</param>
    /// <param name="call">The call.</param>
    /// <param name="database">The database that the command is for.</param>
    /// <param name="slot">The parameter.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="InvalidOperationException">It is compared by order with numbers that the column keeps as texts.</exception>
    public static void Add(DbCommand command, MethodCall call, SideDatabase database, SqlParameterSlot slot, object? value)
    {
        if (slot.On(database.Side) is >= 0 and int ordinal)
        {
            CheckOrder(call, database.Side, slot, call.Entity.Descriptor.Columns[ordinal]);
            call.Entity.Bind(database.Side, command, slot.Name, ordinal, value);
            return;
        }

        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = slot.Name;
        if (DbTypeOf(slot.Type) is { } type && (value is null or DateTime))
        {
            // A server that checks types must know that of a null too. A date and time that is an instant is one to the server also: as
            // one without a zone it would be another in the zone of whatever session compares it.
            parameter.DbType = value is DateTime { Kind: not DateTimeKind.Unspecified } ? DbType.DateTime : type;
        }

        parameter.Value = value is decimal number ? database.Syntax.Number(number) : Common(value);
        command.Parameters.Add(parameter);
    }

    /// <summary>'100.0' is less than '20.0': of decimals in a column of texts only the equal ones can be found.</summary>
    private static void CheckOrder(MethodCall call, Side side, SqlParameterSlot slot, ColumnDescriptor column)
    {
        if (slot.IsOrdered && column.Type == ColumnType.Decimal
            && call.Entity.Tables[(int)side].FindColumn(column.NameOn(side)) is { Kind: StorageKind.Text or StorageKind.Any } schema)
        {
            throw new InvalidOperationException(
                $"{call.Statement.Method} compares column '{schema.Name}' with @{slot.Name} by order, and on the {side.ToWireName()} that column keeps decimals as texts, of which '100.0' is less than '20.0'. Compare a number, such as CAST({schema.Name} AS REAL), or declare the column DECIMAL.");
        }
    }

    /// <summary>The value as every driver takes it: no driver need know unsigned numbers, single characters, or instants of another zone.</summary>
    private static object Common(object? value) => value switch
    {
        null => DBNull.Value,
        sbyte number => (short)number,
        byte number => (short)number,
        ushort number => (int)number,
        uint number => (long)number,
        ulong number => number <= long.MaxValue ? (object)(long)number : (decimal)number,
        char letter => letter.ToString(CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Local } time => time.ToUniversalTime(),
        DateTimeOffset instant => instant.ToUniversalTime(),
        _ => value,
    };

    private static DbType? DbTypeOf(ColumnType type) => type switch
    {
        ColumnType.Boolean => DbType.Boolean,
        ColumnType.Byte or ColumnType.SByte or ColumnType.Int16 => DbType.Int16,
        ColumnType.UInt16 or ColumnType.Int32 => DbType.Int32,
        ColumnType.UInt32 or ColumnType.Int64 => DbType.Int64,
        ColumnType.UInt64 or ColumnType.Decimal => DbType.Decimal,
        ColumnType.Double => DbType.Double,
        ColumnType.Single => DbType.Single,
        ColumnType.String or ColumnType.Char => DbType.String,
        ColumnType.Guid => DbType.Guid,
        ColumnType.DateTime => DbType.DateTime2,
        ColumnType.DateTimeOffset => DbType.DateTimeOffset,
        ColumnType.DateOnly => DbType.Date,
        ColumnType.TimeOnly => DbType.Time,
        ColumnType.Bytes => DbType.Binary,
        _ => null,
    };
}
