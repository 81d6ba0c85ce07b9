namespace DbMove.PostgreSql.Statements;

/// <summary>Questions about one table's size and counters.</summary>
internal static class TableQueries
{
    /// <summary>The planner's figure, with the leaves of a partitioned table; null where counting is cheap or nothing is known.</summary>
    public const string EstimateRows =
        """
        SELECT CASE WHEN bool_or(c.reltuples < 0) OR sum(pg_relation_size(c.oid)) < 16 * 1024 * 1024 THEN NULL
                    ELSE sum(c.reltuples)::bigint END
        FROM pg_catalog.pg_class c
        WHERE c.relkind = 'r' AND (c.oid = to_regclass(@table)
            OR c.oid IN (SELECT relid FROM pg_partition_tree(to_regclass(@table))))
        """;

    /// <summary>
    /// The sequence that numbers a column, as text fit for a statement: an identity's or serial's own, else the one that
    /// the column's default depends on.
    /// </summary>
    public const string SequenceOf =
        """
        SELECT coalesce(pg_get_serial_sequence(@table, @column),
            (SELECT s.oid::regclass::text
             FROM pg_catalog.pg_attrdef d
             JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
             JOIN pg_catalog.pg_depend p ON p.classid = 'pg_catalog.pg_attrdef'::regclass AND p.objid = d.oid
                  AND p.refclassid = 'pg_catalog.pg_class'::regclass
             JOIN pg_catalog.pg_class s ON s.oid = p.refobjid AND s.relkind = 'S'
             WHERE d.adrelid = to_regclass(@table) AND a.attname = @column
             LIMIT 1))
        """;
}
