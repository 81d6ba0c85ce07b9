using System.Data.Common;
using System.Globalization;
using DbMove.Mapping;

namespace DbMove.AdoNet.Execution;

/// <summary>Binds one parameter of a method's statement.</summary>
internal static class MethodParameter
{
    /// <param name="command">The driver's command.</param>
    /// <param name="entity">The repository's entity.</param>
    /// <param name="side">Which side the command is for.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="ordinal">The column that it meets; -1: none.</param>
    /// <param name="value">Its value.</param>
    public static void Add(DbCommand command, EntityBinding entity, Side side, string name, int ordinal, object? value)
    {
        if (ordinal >= 0)
        {
            entity.Bind(side, command, name, ordinal, value);
            return;
        }

        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = Common(value);
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
}
