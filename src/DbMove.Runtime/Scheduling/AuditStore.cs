using System.Buffers;
using System.Text;
using System.Text.Json;
using DbMove.Dialects;

namespace DbMove.Scheduling;

/// <summary>Records every switch and override, in the transaction that makes it, and tells which steps were taken.</summary>
internal sealed class AuditStore(ControlNames names)
{
    public Task AddAsync(SideSession session, GateReport gate, long epoch, SwitchOptions options, CancellationToken cancellationToken)
    {
        SqlSyntax syntax = session.Database.Syntax;
        return session.ExecuteAsync(
            $"INSERT INTO {syntax.Quote(names.Audit)} (migration, at, changed_by, action, from_stage, to_stage, epoch, overridden, reason, gate) "
            + $"VALUES (@migration, {syntax.NowMilliseconds}, @changed_by, 'switch', @from, @to, @epoch, @overridden, @reason, @gate)",
            new SqlArgument[]
            {
                new("migration", names.Migration), new("changed_by", options.ChangedBy), new("from", gate.From.ToWireName()), new("to", gate.To.ToWireName()),
                new("epoch", epoch), new("overridden", gate.IsOpen ? 0L : 1L), new("reason", options.Reason), new("gate", Write(gate)),
            },
            cancellationToken);
    }

    /// <summary>The epoch that the last switch from one stage to another led to, as this side's audit has it; -1: it has none.</summary>
    public async Task<long> ReadLastEpochAsync(SideSession session, Stage from, Stage to, CancellationToken cancellationToken)
    {
        List<long> epochs = await session.QueryAsync(
            $"SELECT COALESCE(MAX(epoch), -1) FROM {session.Database.Syntax.Quote(names.Audit)} WHERE migration = @migration AND action = 'switch' AND from_stage = @from AND to_stage = @to",
            new SqlArgument[] { new("migration", names.Migration), new("from", from.ToWireName()), new("to", to.ToWireName()) },
            static row => row.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        return epochs[0];
    }

    private static string Write(GateReport gate)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartArray();
            foreach (GateCondition condition in gate.Conditions)
            {
                writer.WriteStartObject();
                writer.WriteString("name", condition.Name);
                writer.WriteBoolean("met", condition.IsMet);
                writer.WriteString("detail", condition.Detail);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
