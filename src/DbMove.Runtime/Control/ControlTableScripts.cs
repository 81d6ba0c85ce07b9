using DbMove.Dialects;

namespace DbMove.Control;

/// <summary>The statements that lead from one version of the control tables to the next. A version that was released never changes.</summary>
internal static class ControlTableScripts
{
    /// <summary>Control rows, intents, keys to verify, and the audit.</summary>
    public static IReadOnlyList<string> Version1(SqlSyntax syntax, ControlNames names)
    {
        (string number, string text, string growing) = (syntax.Int64Type, syntax.TextType, syntax.GrowingKeyDefinition);
        return
        [
            $"""
            CREATE TABLE {syntax.Quote(names.MigrationTable)} (
                name {text} NOT NULL, side {text} NOT NULL, epoch {number} NOT NULL, stage {text} NOT NULL,
                prepared {number} NOT NULL, dual_since {number} NOT NULL, incremental {number} NOT NULL,
                changed_at {number} NOT NULL, changed_by {text} NOT NULL, reason {text} NOT NULL,
                PRIMARY KEY (name, side))
            """,
            $"""
            CREATE TABLE {syntax.Quote(names.Intent)} (
                id {growing}, migration {text} NOT NULL, entity {text} NOT NULL, key {text} NOT NULL,
                operation {text} NOT NULL, epoch {number} NOT NULL, created_at {number} NOT NULL,
                attempts {number} NOT NULL DEFAULT 0, retry_at {number} NOT NULL DEFAULT 0, parked_at {number}, reason {text})
            """,
            $"CREATE INDEX {syntax.Quote(names.Intent + "_key")} ON {syntax.Quote(names.Intent)} (migration, entity, key)",
            $"""
            CREATE TABLE {syntax.Quote(names.Check)} (
                id {growing}, migration {text} NOT NULL, entity {text} NOT NULL, key {text} NOT NULL,
                origin {text} NOT NULL, created_at {number} NOT NULL)
            """,
            $"""
            CREATE TABLE {syntax.Quote(names.Audit)} (
                id {growing}, migration {text} NOT NULL, at {number} NOT NULL, changed_by {text} NOT NULL, action {text} NOT NULL,
                from_stage {text} NOT NULL, to_stage {text} NOT NULL, epoch {number} NOT NULL, overridden {number} NOT NULL,
                reason {text} NOT NULL, gate {text} NOT NULL)
            """,
        ];
    }

    /// <summary>What backfill, validation and the embedded event channel keep on the target.</summary>
    public static IReadOnlyList<string> Version2(SqlSyntax syntax, ControlNames names)
    {
        (string number, string text, string growing) = (syntax.Int64Type, syntax.TextType, syntax.GrowingKeyDefinition);
        return
        [
            $"""
            CREATE TABLE {syntax.Quote(names.Progress)} (
                migration {text} NOT NULL, entity {text} NOT NULL, part {number} NOT NULL, dual_since {number} NOT NULL,
                first_key {text}, last_key {text}, reached {text}, done {number} NOT NULL, rows_read {number} NOT NULL,
                rows_inserted {number} NOT NULL, rows_deferred {number} NOT NULL, rows_estimated {number} NOT NULL,
                claim {text}, claimed_until {number} NOT NULL, updated_at {number} NOT NULL,
                PRIMARY KEY (migration, entity, part))
            """,
            $"""
            CREATE TABLE {syntax.Quote(names.Validation)} (
                id {growing}, migration {text} NOT NULL, run {text} NOT NULL, epoch {number} NOT NULL, state {text} NOT NULL,
                source_server {text} NOT NULL, target_server {text} NOT NULL, after_backfill {number} NOT NULL,
                started_at {number} NOT NULL, finished_at {number}, rows_compared {number} NOT NULL, differences {number} NOT NULL,
                undecided {number} NOT NULL, detail {text} NOT NULL)
            """,
            $"""
            CREATE TABLE {syntax.Quote(names.Event)} (
                id {growing}, migration {text} NOT NULL, event_id {text} NOT NULL, entity {text} NOT NULL, kind {text} NOT NULL,
                base {text} NOT NULL, key_list {text} NOT NULL, created_at {number} NOT NULL, attempts {number} NOT NULL,
                visible_at {number} NOT NULL, lease {text}, dead_at {number}, reason {text})
            """,
        ];
    }

    /// <summary>What an event's way to a broker needs: whether the broker has it, and the how-manieth message of it that is.</summary>
    public static IReadOnlyList<string> Version3(SqlSyntax syntax, ControlNames names)
    {
        string table = syntax.Quote(names.Event);
        return
        [
            $"ALTER TABLE {table} ADD COLUMN publication {syntax.Int64Type} NOT NULL DEFAULT 1",
            $"ALTER TABLE {table} ADD COLUMN published_at {syntax.Int64Type}",
            $"CREATE INDEX {syntax.Quote(names.Event + "_event")} ON {table} (event_id)",
        ];
    }

    /// <summary>
    /// Which instances are alive and which of them leads, on the authority; and which ranges a replayed statement may have
    /// touched without anybody knowing the keys.
    /// </summary>
    public static IReadOnlyList<string> Version4(SqlSyntax syntax, ControlNames names)
    {
        (string number, string text, string growing) = (syntax.Int64Type, syntax.TextType, syntax.GrowingKeyDefinition);
        return
        [
            $"""
            CREATE TABLE {syntax.Quote(names.Instance)} (
                migration {text} NOT NULL, instance {text} NOT NULL, label {text} NOT NULL, epoch {number} NOT NULL, stage {text} NOT NULL,
                started_at {number} NOT NULL, seen_at {number} NOT NULL, expires_at {number} NOT NULL,
                shadow_reads {number} NOT NULL DEFAULT 0, shadow_mismatches {number} NOT NULL DEFAULT 0,
                PRIMARY KEY (migration, instance))
            """,
            $"""
            CREATE TABLE {syntax.Quote(names.Lease)} (
                migration {text} NOT NULL, name {text} NOT NULL, holder {text} NOT NULL, expires_at {number} NOT NULL,
                PRIMARY KEY (migration, name))
            """,
            $"""
            CREATE TABLE {syntax.Quote(names.Dirty)} (
                id {growing}, migration {text} NOT NULL, entity {text} NOT NULL, first_key {text}, last_key {text},
                epoch {number} NOT NULL, created_at {number} NOT NULL, reason {text} NOT NULL)
            """,
        ];
    }
}
