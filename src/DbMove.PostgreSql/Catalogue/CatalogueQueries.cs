namespace DbMove.PostgreSql.Catalogue;

/// <summary>Reads pg_catalog, PostgreSQL 13 and newer.</summary>
internal static class CatalogueQueries
{
    /// <summary>Ordinary and partitioned tables; a view or a foreign table is none.</summary>
    public const string Table =
        "SELECT c.oid::bigint, n.nspname::text, c.relname::text, " + ServerIdentity.Database + " || '/' || c.oid, pg_catalog.pg_table_is_visible(c.oid) "
        + "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        + "WHERE c.oid = to_regclass(@name) AND c.relkind IN ('r', 'p')";

    /// <summary>
    /// Columns, domains taken apart to the type beneath; a domain's default is the column's unless that has one. The database's row is read as JSON because the provider of its
    /// default collation is not there before PostgreSQL 15.
    /// </summary>
    public const string Columns =
        """
        WITH RECURSIVE base AS (
            SELECT a.attnum, t.oid, t.typname, t.typtype, t.typbasetype, t.typtypmod, t.typnamespace,
                   a.atttypmod AS modifier, a.attnotnull OR t.typnotnull AS required, pg_get_expr(t.typdefaultbin, 0) AS made
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = @oid::oid AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT b.attnum, t.oid, t.typname, t.typtype, t.typbasetype, t.typtypmod, t.typnamespace,
                   b.typtypmod, b.required OR t.typnotnull, b.made
            FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.typbasetype
            WHERE b.typtype = 'd'),
        db AS (SELECT datcollate, coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') AS provider
               FROM pg_catalog.pg_database d WHERE datname = current_database())
        SELECT a.attname::text,
               format_type(b.oid, b.modifier),
               CASE WHEN n.nspname = 'pg_catalog' OR b.typname = 'citext' THEN b.typname::text ELSE '' END,
               b.typtype = 'e',
               b.modifier,
               b.required,
               a.attidentity::text,
               a.attgenerated::text,
               coalesce(pg_get_expr(d.adbin, d.adrelid),
                   CASE WHEN a.attidentity <> '' THEN 'nextval(' || quote_literal(pg_get_serial_sequence(a.attrelid::regclass::text, a.attname::text)) || '::regclass)' END,
                   b.made),
               CASE WHEN NOT c.collisdeterministic THEN c.collname::text END,
               coalesce(c.collname IN ('C', 'POSIX') OR c.collprovider = 'b'
                   OR (c.collprovider = 'd' AND (db.provider = 'b' OR (db.provider = 'c' AND db.datcollate IN ('C', 'POSIX')))), false)
        FROM pg_catalog.pg_attribute a
        JOIN base b ON b.attnum = a.attnum AND b.typtype <> 'd'
        JOIN pg_catalog.pg_namespace n ON n.oid = b.typnamespace
        CROSS JOIN db
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
        WHERE a.attrelid = @oid::oid
        ORDER BY a.attnum
        """;

    /// <summary>Unique indexes with the primary key. NULLS NOT DISTINCT came with PostgreSQL 15.</summary>
    public const string UniqueIndexes =
        """
        SELECT c.relname::text,
               ARRAY(SELECT a.attname::text
                     FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                     WHERE k.position <= i.indnkeyatts
                     ORDER BY k.position),
               EXISTS (SELECT FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
                       WHERE k.position <= i.indnkeyatts AND k.attnum = 0),
               i.indpred IS NOT NULL,
               i.indisprimary,
               coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = @oid::oid AND i.indisunique AND i.indislive
        ORDER BY c.relname
        """;

    /// <summary>Foreign keys of the table.</summary>
    public const string ForeignKeys = ForeignKeyColumns + " WHERE k.contype = 'f' AND k.conrelid = @oid::oid ORDER BY k.conname";

    /// <summary>Foreign keys that refer to the table; the copies that partitions of a child inherit are left out.</summary>
    public const string ReferencedBy = ForeignKeyColumns
        + " WHERE k.contype = 'f' AND k.confrelid = @oid::oid"
        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint o WHERE o.oid = k.conparentid AND o.confrelid = k.confrelid)"
        + " ORDER BY k.conname";

    /// <summary>Triggers and rules that users made and that fire in ordinary sessions.</summary>
    public const string Triggers =
        """
        SELECT t.tgname::text FROM pg_catalog.pg_trigger t
        WHERE t.tgrelid = @oid::oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
        UNION ALL
        SELECT 'rule ' || r.rulename FROM pg_catalog.pg_rewrite r
        WHERE r.ev_class = @oid::oid AND r.rulename <> '_RETURN' AND r.ev_enabled IN ('O', 'A')
        ORDER BY 1
        """;

    private const string ForeignKeyColumns =
        """
        SELECT k.conname::text, cn.nspname::text, c.relname::text,
               ARRAY(SELECT a.attname::text
                     FROM unnest(k.conkey) WITH ORDINALITY AS x(attnum, position)
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.attnum
                     ORDER BY x.position),
               pn.nspname::text, p.relname::text,
               k.confdeltype IN ('c', 'n', 'd'), k.confupdtype IN ('c', 'n', 'd')
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
        JOIN pg_catalog.pg_class p ON p.oid = k.confrelid JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
        """;
}
