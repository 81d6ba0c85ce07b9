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
    public static void Add(DbCommand command, MethodCall call, SideDatabase database, SqlParameterSlot slot, object? value)
    {
        if (slot.On(database.Side) is >= 0 and int ordinal)
        {
            call.Entity.Bind(database.Side, command, slot.Name, ordinal, value);
            return;
        }

        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = slot.Name;
        if (DbTypeOf(slot.Type) is { } type && (value is null or DateTime))
        {
            // A server that checks types must know that of a null too. As Npgsql has it, a date and time of UTC is an instant to the server,
            // and any other one keeps its digits.
            parameter.DbType = value is DateTime { Kind: DateTimeKind.Utc } ? DbType.DateTime : type;
        }

        parameter.Value = value is decimal number ? database.Syntax.Number(number) : Common(value);
        command.Parameters.Add(parameter);
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
