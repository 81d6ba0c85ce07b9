using System.Data.Common;
using DbMove.Dialects;

namespace DbMove.AdoNet.Execution;

/// <summary>Makes of a caller's command one of the driver's, on a session.</summary>
internal static class DriverCommand
{
    public static async Task<DbCommand> CreateAsync(SideSession session, CommandPart part, string text, CancellationToken cancellationToken)
    {
        DbCommand command = await session.CreateCommandAsync(cancellationToken).ConfigureAwait(false);
        bool isDone = false;
        try
        {
#pragma warning disable CA2100 // It is the caller's own text; values that the caller put into it are the caller's to answer for.
            command.CommandText = text;
#pragma warning restore CA2100
            command.CommandTimeout = part.Timeout;
            foreach (DbParameter parameter in part.Parameters)
            {
                command.Parameters.Add(Convert(command, parameter));
            }

            part.Bind?.Invoke(session.Database.Side, command);
            if (part.IsPrepared)
            {
                await command.PrepareAsync(cancellationToken).ConfigureAwait(false);
            }

            isDone = true;
            return command;
        }
        finally
        {
            if (!isDone)
            {
                await command.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>A parameter of the driver's own is taken with all that only the driver knows of it, where the driver can copy it.</summary>
    private static DbParameter Convert(DbCommand command, DbParameter parameter)
    {
        DbParameter own = command.CreateParameter();
        if (parameter.GetType() == own.GetType() && parameter is ICloneable original)
        {
            return (DbParameter)original.Clone();
        }

        own.ParameterName = parameter.ParameterName;
        if (parameter is not DualWriteParameter { HasDbType: false })
        {
            own.DbType = parameter.DbType;
        }

        if (parameter.Size != 0)
        {
            own.Size = parameter.Size;
        }

        if (parameter.Precision != 0)
        {
            own.Precision = parameter.Precision;
        }

        if (parameter.Scale != 0)
        {
            own.Scale = parameter.Scale;
        }

        own.Value = parameter.Value ?? DBNull.Value;
        return own;
    }
}
