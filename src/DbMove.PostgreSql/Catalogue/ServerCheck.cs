using DbMove.Dialects;

namespace DbMove.PostgreSql.Catalogue;

/// <summary>What must hold of the server before anything is written to it.</summary>
internal static class ServerCheck
{
    private const int OldestVersion = 130000;

    private const string Query =
        """
        SELECT current_setting('server_version_num')::int,
               current_setting('server_version'),
               pg_is_in_recovery(),
               current_setting('fsync') = 'on',
               current_setting('full_page_writes') = 'on',
               current_setting('default_transaction_read_only') = 'on',
               current_setting('server_encoding'),
               current_schema(),
               coalesce(has_schema_privilege(current_schema(), 'CREATE'), false),
               has_database_privilege(current_database(), 'TEMPORARY'),
               (SELECT string_agg(extname, ', ') FROM pg_catalog.pg_extension WHERE extname IN ('bdr', 'pgactive')),
               c.oid IS NOT NULL,
               coalesce(has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                    AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'), true),
               current_user::text
        FROM (SELECT to_regclass(@table) AS oid) AS c
        """;

    public static async Task<IReadOnlyList<string>> RunAsync(
        SideSession session, ControlNames control, bool requireDurability, CancellationToken cancellationToken)
    {
        SqlArgument table = new("table", PostgreSqlSyntax.Instance.Quote(control.MigrationTable));
        List<List<string>> found = await session.QueryAsync(
            Query, new[] { table }, row => Judge(row, control, requireDurability), cancellationToken).ConfigureAwait(false);
        return found[0];
    }

    private static List<string> Judge(System.Data.Common.DbDataReader row, ControlNames control, bool requireDurability)
    {
        List<string> problems = [];
        void Refuse(bool condition, string sentence)
        {
            if (condition)
            {
                problems.Add(sentence);
            }
        }

        string role = row.GetString(13);
        string? schema = row.IsDBNull(7) ? null : row.GetString(7);
        bool hasControlTables = row.GetBoolean(11);
        Refuse(row.GetInt32(0) < OldestVersion, $"The server is PostgreSQL {row.GetString(1)}; DbMove needs 13 or newer, so upgrade it first.");
        Refuse(row.GetBoolean(2), "The server is a standby in recovery and refuses writes; connect to the primary (Target Session Attributes=primary).");
        Refuse(row.GetBoolean(5), $"Transactions are read-only by default (default_transaction_read_only = on); turn that off for role {role} or this database.");
        Refuse(row.GetString(6) != "UTF8", $"The database's encoding is {row.GetString(6)}, which cannot hold every text in code-point order; create it anew with ENCODING 'UTF8'.");
        Refuse(!row.IsDBNull(10), $"The server takes writes on several nodes at once (extension {(row.IsDBNull(10) ? "" : row.GetString(10))}), which a fence on one of them does not stop; use a single primary.");
        Refuse(!row.GetBoolean(9), $"Role {role} may not make temporary tables, which the backfill needs; GRANT TEMPORARY ON this database to it.");
        if (requireDurability)
        {
            Refuse(!row.GetBoolean(3), "The server does not flush commits to disk (fsync = off), so a crash can lose writes that were reported as successful; set fsync = on.");
            Refuse(!row.GetBoolean(4), "The server does not protect pages against torn writes (full_page_writes = off), so a crash can corrupt tables; set full_page_writes = on.");
        }

        if (schema is null)
        {
            problems.Add("No schema of the search path exists, so there is no place for the control tables; create one or set Search Path in the connection string.");
        }
        else if (!hasControlTables)
        {
            Refuse(!row.GetBoolean(8), $"Role {role} may not create the control tables in schema {schema}; GRANT USAGE, CREATE ON SCHEMA {schema} to it, or set Search Path to a schema where it may.");
        }
        else
        {
            Refuse(!row.GetBoolean(12), $"Role {role} may not read and write the control table {control.MigrationTable}; GRANT SELECT, INSERT, UPDATE, DELETE ON the tables that start with {control.Prefix} to it.");
        }

        return problems;
    }
}
