using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Control;

/// <summary>
/// Creates and upgrades the control tables of one database. Every version is a list of statements that is applied once,
/// in order, in one transaction with the number it leads to.
/// </summary>
internal sealed class ControlTables(SideDatabase database, ControlNames names)
{
    /// <summary>The version that this build needs.</summary>
    public const int CurrentVersion = 4;

    private SqlSyntax Syntax => database.Syntax;

    /// <summary>The version of the tables that are there; 0 when there are none.</summary>
    public async Task<long> ReadVersionAsync(SideSession session, CancellationToken cancellationToken)
    {
        if (await database.DescribeAsync(session, new TableName(null, names.Version), cancellationToken).ConfigureAwait(false) is null)
        {
            return 0;
        }

        List<long> versions = await session.QueryAsync(
            $"SELECT version FROM {Syntax.Quote(names.Version)}", default, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return versions.Count == 0 ? 0 : versions.Max();
    }

    /// <summary>Refuses tables that a newer DbMove made.</summary>
    /// <exception cref="MigrationConfigurationException">The version is greater than <see cref="CurrentVersion"/>.</exception>
    public void RefuseNewer(long version)
    {
        if (version > CurrentVersion)
        {
            throw new MigrationConfigurationException(
                $"The control tables on the {database.Side.ToWireName()} ({database.DisplayName}) have version {version}, and this DbMove knows versions up to {CurrentVersion}. Use a DbMove at least as new as the one that made them.");
        }
    }

    /// <summary>Creates or upgrades the tables, and this migration's fence.</summary>
    public async Task EnsureAsync(SideSession session, CancellationToken cancellationToken)
    {
        await database.PrepareAsync(session, cancellationToken).ConfigureAwait(false);
        await session.BeginAsync(new TransactionStart(), cancellationToken).ConfigureAwait(false);
        await ExcludeOthersAsync(session, cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync(
            $"CREATE TABLE IF NOT EXISTS {Syntax.Quote(names.Version)} (version {Syntax.Int64Type} PRIMARY KEY, applied_at {Syntax.Int64Type} NOT NULL)",
            default, cancellationToken).ConfigureAwait(false);
        long version = await ReadVersionAsync(session, cancellationToken).ConfigureAwait(false);
        RefuseNewer(version);
        for (long next = version + 1; next <= CurrentVersion; next++)
        {
            foreach (string statement in Statements(next))
            {
                await session.ExecuteAsync(statement, default, cancellationToken).ConfigureAwait(false);
            }

            await session.ExecuteAsync(
                $"INSERT INTO {Syntax.Quote(names.Version)} (version, applied_at) VALUES (@version, {Syntax.NowMilliseconds})",
                new SqlArgument[] { new("version", next) }, cancellationToken).ConfigureAwait(false);
        }

        // Both sides may live in one database; each has a fence of its own.
        await session.ExecuteAsync(
            $"CREATE TABLE IF NOT EXISTS {Syntax.Quote(names.Fence(database.Side))} (side {Syntax.TextType})", default, cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A fleet starts its instances at the same time. Two that read the same version would both apply what follows it, and
    /// creating a table "if it does not exist" is no lock: the slower of two gets a unique violation in the catalogue.
    /// </summary>
    private async Task ExcludeOthersAsync(SideSession session, CancellationToken cancellationToken)
    {
        if (Syntax.ExcludeOthers("@tables") is { Length: > 0 } exclude)
        {
            await session.ExecuteAsync(exclude, new SqlArgument[] { new("tables", names.Version) }, cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<string> Statements(long version) => version switch
    {
        1 => ControlTableScripts.Version1(Syntax, names),
        2 => ControlTableScripts.Version2(Syntax, names),
        3 => ControlTableScripts.Version3(Syntax, names),
        _ => ControlTableScripts.Version4(Syntax, names),
    };
}
