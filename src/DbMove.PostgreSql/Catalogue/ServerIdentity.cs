using DbMove.Dialects;

namespace DbMove.PostgreSql.Catalogue;

/// <summary>Tells one server from another, also after a fail-over.</summary>
internal static class ServerIdentity
{
    /// <summary>
    /// An expression for the cluster: its system identifier, which base backups share, so a database is the same through
    /// whatever name. Where the role may not read it, address and port are the next best thing.
    /// </summary>
    public const string Cluster =
        "CASE WHEN has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') "
        + "THEN (SELECT system_identifier::text FROM pg_catalog.pg_control_system()) "
        + "ELSE coalesce(host(inet_server_addr()) || ':' || inet_server_port(), 'local:' || current_setting('port')) END";

    /// <summary>An expression for the database.</summary>
    public const string Database =
        Cluster + " || '/' || (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

    // The timeline grows when a standby is promoted and after a restore. A standby cannot tell it, but is refused anyway.
    private const string Query =
        "SELECT " + Cluster + " || '/' || CASE WHEN pg_is_in_recovery() THEN 'standby' "
        + "ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END, " + Database;

    public static async Task<DatabaseIdentity> ReadAsync(SideSession session, CancellationToken cancellationToken)
    {
        List<DatabaseIdentity> rows = await session.QueryAsync(
            Query,
            default,
            static row => new DatabaseIdentity(row.GetString(0), row.GetString(1), MayHoldBothSides: true),
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }
}
