using System.Collections.Frozen;

namespace DbMove.PostgreSql;

/// <summary>
/// What is known of PostgreSQL's own functions. A name that is missing costs round trips; one that does not belong here costs
/// rows: whatever takes SQL as text (<c>query_to_xml</c>, <c>ts_stat</c>, <c>ts_rewrite</c>) or moves a sequence back stays out.
/// </summary>
internal static class FunctionNames
{
    /// <summary>They write no row, whatever they are given.</summary>
    public static FrozenSet<string> Harmless { get; } = Set(
        // Aggregates and window functions.
        "count sum avg min max array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg xmlagg bool_and bool_or every any_value bit_and bit_or bit_xor range_agg range_intersect_agg",
        "corr covar_pop covar_samp regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop stddev_samp variance var_pop var_samp",
        "mode percentile_cont percentile_disc rank dense_rank percent_rank cume_dist row_number ntile lag lead first_value last_value nth_value",

        // Numbers.
        "abs cbrt ceil ceiling degrees div erf erfc exp factorial floor gcd lcm ln log log10 min_scale mod pi power pow radians random random_normal round scale sign sqrt trim_scale trunc width_bucket",
        "acos acosd asin asind atan atand atan2 atan2d cos cosd cot cotd sin sind tan tand sinh cosh tanh asinh acosh atanh num_nulls num_nonnulls",

        // Texts, bytes, patterns, full text search.
        "ascii bit_length bit_count btrim char_length character_length chr concat concat_ws convert convert_from convert_to decode encode format get_bit get_byte initcap left length like lower lpad ltrim md5 normalize",
        "octet_length overlay parse_ident position quote_ident quote_literal quote_nullable regexp_count regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table regexp_substr",
        "repeat replace reverse right rpad rtrim set_bit set_byte sha224 sha256 sha384 sha512 split_part starts_with string_to_array string_to_table strpos substr substring to_ascii to_hex to_bin to_oct translate trim unistr upper crc32 crc32c",
        "array_to_tsvector numnode phraseto_tsquery plainto_tsquery querytree setweight strip to_tsquery to_tsvector ts_delete ts_filter ts_headline ts_rank ts_rank_cd tsquery_phrase tsvector_to_array websearch_to_tsquery",
        "similarity word_similarity strict_word_similarity show_trgm unaccent levenshtein soundex metaphone dmetaphone difference",

        // Dates and times.
        "age clock_timestamp date_add date_bin date_part date_subtract date_trunc extract isfinite justify_days justify_hours justify_interval make_date make_interval make_time make_timestamp make_timestamptz now",
        "statement_timestamp timeofday to_char to_date to_number to_timestamp transaction_timestamp pg_sleep pg_sleep_for pg_sleep_until timezone",

        // Arrays, ranges, sets.
        "array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position array_positions array_prepend array_remove array_replace array_sample array_shuffle array_sort array_reverse",
        "array_to_string array_upper cardinality trim_array unnest generate_series generate_subscripts isempty lower_inc lower_inf upper_inc upper_inf range_merge multirange int4range int8range numrange tsrange tstzrange daterange",

        // JSON and XML; not those that take SQL.
        "array_to_json row_to_json to_json to_jsonb json_array_elements json_array_elements_text json_array_length json_build_array json_build_object json_each json_each_text json_extract_path json_extract_path_text json_object",
        "json_object_keys json_populate_record json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_typeof jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array jsonb_build_object",
        "jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object jsonb_object_keys jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_populate_record",
        "jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof json_exists json_query json_value json_table json_scalar json_serialize json_array json_arrayagg json_objectagg",
        "xmlcomment xmlconcat xpath xpath_exists xml_is_well_formed",

        // Identifiers, networks, geometry of the kernel.
        "gen_random_uuid uuid_generate_v1 uuid_generate_v4 uuidv4 uuidv7 uuid_extract_timestamp uuid_extract_version abbrev broadcast family host hostmask inet_merge inet_same_family masklen netmask network set_masklen area center diameter box circle point polygon",

        // What is asked of the server; what lasts no longer than the transaction; a message to listeners.
        "current_catalog current_database current_role current_schema current_schemas current_setting current_user session_user version pg_backend_pid pg_is_in_recovery pg_postmaster_start_time pg_conf_load_time inet_client_addr inet_server_addr",
        "has_table_privilege has_schema_privilege has_column_privilege has_database_privilege has_sequence_privilege has_function_privilege pg_has_role pg_table_is_visible pg_get_constraintdef pg_get_indexdef pg_get_viewdef pg_get_expr",
        "pg_get_functiondef pg_get_serial_sequence pg_get_userbyid pg_get_triggerdef pg_typeof pg_column_size pg_database_size pg_relation_size pg_table_size pg_total_relation_size pg_indexes_size pg_size_pretty pg_size_bytes pg_encoding_to_char",
        "col_description obj_description format_type to_regclass to_regtype to_regproc to_regprocedure to_regnamespace to_regrole txid_current txid_current_if_assigned txid_current_snapshot pg_current_xact_id pg_current_xact_id_if_assigned",
        "pg_current_snapshot pg_current_wal_lsn pg_last_wal_replay_lsn pg_wal_lsn_diff pg_blocking_pids pg_xact_commit_timestamp pg_notify",
        "pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared",

        // A sequence's next number is no row; that of a mapped column is moved with the authority.
        "nextval currval lastval",

        // Types that are called like functions.
        "int2 int4 int8 float4 float8 numeric text bool date time timestamptz timetz interval bpchar varchar name regclass oid bytea");

    /// <summary>They change their connection, or large objects, or another database through a connection of the connection's own.</summary>
    public static FrozenSet<string> Connection { get; } = Set(
        "set_config setseed pg_advisory_lock pg_advisory_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_unlock_all",
        "dblink_connect dblink_connect_u dblink_disconnect dblink_exec dblink_open dblink_fetch dblink_close dblink_send_query dblink_get_result dblink_cancel_query",
        "lo_open lo_close loread lowrite lo_lseek lo_lseek64 lo_tell lo_tell64 lo_truncate lo_truncate64 lo_creat lo_create lo_import lo_export lo_put lo_from_bytea lo_unlink",
        "pg_logical_emit_message pg_replication_origin_session_setup pg_replication_origin_session_reset pg_replication_origin_xact_setup");

    private static FrozenSet<string> Set(params string[] names) => names.SelectMany(line => line.Split(' ')).ToFrozenSet(StringComparer.Ordinal);
}
