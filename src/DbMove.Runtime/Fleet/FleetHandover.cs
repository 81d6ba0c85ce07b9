using DbMove.Dialects;

namespace DbMove.Fleet;

/// <summary>
/// The authority moves, and with it the list of instances and the leader's lease. Done behind both exclusive fences: signs
/// of life are given behind the fence too, so each is either carried over or given to the new authority. An instance that
/// has not seen the switch would otherwise be unknown to the new authority, and the next gate open without it.
/// </summary>
internal sealed class FleetHandover(ControlNames names)
{
    // Eight arguments each, and SQLite takes 32,766 in a statement.
    private const int RowsAtOnce = 1000;

    /// <summary>Carries it. Not what the shadow reads have found: that is of the epoch that ends.</summary>
    public async Task CarryAsync(SideSession from, SideSession to, CancellationToken cancellationToken)
    {
        List<object[]> instances = await ReadAsync(from, names.Instance, "instance, label, epoch, stage, started_at, seen_at", cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(to, names.Instance, "instance, label, epoch, stage, started_at, seen_at", instances, cancellationToken).ConfigureAwait(false);
        List<object[]> leases = await ReadAsync(from, names.Lease, "name, holder", cancellationToken).ConfigureAwait(false);
        await ReplaceAsync(to, names.Lease, "name, holder", leases, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What has not run out, with the time that is left: two servers have two clocks.</summary>
    private Task<List<object[]>> ReadAsync(SideSession session, string table, string columns, CancellationToken cancellationToken)
    {
        SqlSyntax syntax = session.Database.Syntax;
        return session.QueryAsync(
            $"SELECT {columns}, expires_at - {syntax.NowMilliseconds} FROM {syntax.Quote(table)} WHERE migration = @migration AND expires_at > {syntax.NowMilliseconds}",
            new SqlArgument[] { new("migration", names.Migration) },
            static row =>
            {
                object[] values = new object[row.FieldCount];
                for (int column = 0; column < values.Length; column++)
                {
                    values[column] = row.GetFieldType(column) == typeof(string) ? row.GetString(column) : row.GetInt64(column);
                }

                return values;
            },
            cancellationToken);
    }

    private async Task ReplaceAsync(SideSession session, string table, string columns, List<object[]> rows, CancellationToken cancellationToken)
    {
        SqlSyntax syntax = session.Database.Syntax;
        SqlArgument migration = new("migration", names.Migration);
        await session.ExecuteAsync($"DELETE FROM {syntax.Quote(table)} WHERE migration = @migration", new SqlArgument[] { migration }, cancellationToken).ConfigureAwait(false);
        foreach (object[][] some in rows.Chunk(RowsAtOnce))
        {
            // One statement, however many there are: writers wait.
            List<SqlArgument> arguments = [migration];
            List<string> values = [];
            foreach (object[] row in some)
            {
                string[] parameters = [.. row.Select((_, column) => $"p{arguments.Count + column}")];
                arguments.AddRange(row.Zip(parameters, static (value, parameter) => new SqlArgument(parameter, value)));
                values.Add($"(@migration, {string.Join(", ", parameters.SkipLast(1).Select(static parameter => "@" + parameter))}, {syntax.NowMilliseconds} + @{parameters[^1]})");
            }

            await session.ExecuteAsync(
                $"INSERT INTO {syntax.Quote(table)} (migration, {columns}, expires_at) VALUES {string.Join(", ", values)}", arguments.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }
}
