using System.Collections.Frozen;
using System.Globalization;
using DbMove.Dialects;
using DbMove.Sqlite.Values;

namespace DbMove.Sqlite;

/// <summary>SQLite's words for statements on control tables.</summary>
internal sealed class SqliteSyntax : SqlSyntax
{
    public static SqliteSyntax Instance { get; } = new();

    public override string Int64Type => "INTEGER";

    public override SqlLexicon Lexicon { get; } = new()
    {
        HasBracketNames = true, HasBacktickNames = true,
        RowIdNames = FrozenSet.ToFrozenSet(["rowid", "_rowid_", "oid"], StringComparer.OrdinalIgnoreCase),
    };

    public override string TextType => "TEXT";

    // Without AUTOINCREMENT the number of a deleted last row is given out again.
    public override string GrowingKeyDefinition => "INTEGER PRIMARY KEY AUTOINCREMENT";

    // 'now' stands still within one step of a statement only, so it moves within a transaction.
    public override string NowMilliseconds => "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)";

    public override string ForUpdateSkipLocked => string.Empty;

    public override string ForUpdate => string.Empty;

    public override string ExcludeOthers(string parameter) => string.Empty;

    public override string Int64sFromJson(string parameter) => $"SELECT CAST(value AS INTEGER) FROM json_each({parameter})";

    public override string TextsFromJson(string parameter) => $"SELECT value FROM json_each({parameter})";

    // The driver would bind a text, which is greater than every number. A whole number stays a REAL: 5 / 2 and 5 / 2.0 are not the same.
    public override object Number(decimal value) => DecimalDigits.FitBinary(value)
        ? double.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
        : throw new ArgumentException("A decimal of more than 15 digits meets no column here, and SQLite's numbers are binary. Compare it with a column by itself, or give a text or a whole number.", nameof(value));

    public override string Quote(string identifier)
    {
        ArgumentException.ThrowIfNullOrEmpty(identifier);
        if (identifier.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("An identifier cannot hold a zero character.", nameof(identifier));
        }

        return "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
