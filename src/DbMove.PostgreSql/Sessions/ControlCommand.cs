using DbMove.Dialects;
using Npgsql;
using NpgsqlTypes;

namespace DbMove.PostgreSql.Sessions;

/// <summary>A statement on the control tables, with its named values.</summary>
internal static class ControlCommand
{
    public static NpgsqlBatchCommand Create(string sql, ReadOnlySpan<SqlArgument> arguments)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (SqlArgument argument in arguments)
        {
            command.Parameters.Add(ToParameter(argument));
        }

        return command;
    }

    private static NpgsqlParameter ToParameter(SqlArgument argument) => argument.Value switch
    {
        null => new NpgsqlParameter(argument.Name, NpgsqlDbType.Text) { Value = DBNull.Value },
        string text => new NpgsqlParameter<string>(argument.Name, NpgsqlDbType.Text) { TypedValue = text },
        long number => new NpgsqlParameter<long>(argument.Name, NpgsqlDbType.Bigint) { TypedValue = number },
        int number => new NpgsqlParameter<int>(argument.Name, NpgsqlDbType.Integer) { TypedValue = number },
        bool flag => new NpgsqlParameter<bool>(argument.Name, NpgsqlDbType.Boolean) { TypedValue = flag },
        _ => throw new ArgumentException(
            $"Argument {argument.Name} is a {argument.Value.GetType().Name}; control statements take text, whole numbers and booleans."),
    };
}
