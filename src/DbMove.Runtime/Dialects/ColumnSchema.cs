namespace DbMove.Dialects;

/// <summary>A column as the database's catalogue describes it.</summary>
public sealed record ColumnSchema
{
    /// <summary>The column's name as the catalogue spells it.</summary>
    public required string Name { get; init; }

    /// <summary>The declared type in the engine's own words, such as <c>numeric(10,2)</c>.</summary>
    public required string DeclaredType { get; init; }

    /// <summary>What the column holds, in words that engines share.</summary>
    public required StorageKind Kind { get; init; }

    /// <summary>Whether null is allowed.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Bits of an integer or a float; null when not that, or unbounded.</summary>
    public int? Bits { get; init; }

    /// <summary>Significant decimal digits; null: unbounded or not a decimal.</summary>
    public int? Precision { get; init; }

    /// <summary>Digits after the point; null: unbounded or not a decimal.</summary>
    public int? Scale { get; init; }

    /// <summary>Whether a decimal comes back without the zeros at its end, 17.50 as 17.5 (SQLite's numbers). Without this and without a <see cref="Scale"/> it comes back as it was written.</summary>
    public bool DropsTrailingZeros { get; init; }

    /// <summary>Characters or bytes that fit, of an array in each element; null: unbounded.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether text is padded to its length (<c>char(n)</c>).</summary>
    public bool IsPadded { get; init; }

    /// <summary>Whether text is kept in a form of the engine's own and read back otherwise than it was written (<c>jsonb</c>).</summary>
    public bool RewritesText { get; init; }

    /// <summary>Precision of a date or time in ticks of 100 ns (1 is what .NET holds, 10 a microsecond); 0 for others.</summary>
    public long TimeGranularity { get; init; }

    /// <summary>The name of a collation under which different texts compare equal; null when texts are equal only when identical.</summary>
    public string? FoldingCollation { get; init; }

    /// <summary>Whether the database gives a growing number when none is given: identity, serial, <c>nextval</c> default, rowid alias.</summary>
    public bool IsAutoNumbered { get; init; }

    /// <summary>
    /// Whether the number of a deleted row may be given out again, because the database goes on from the greatest row and
    /// keeps no counter (SQLite without <c>AUTOINCREMENT</c>). DbMove cannot move such a column beyond what the other side used.
    /// </summary>
    public bool ReusesNumbers { get; init; }

    /// <summary>Whether the value is computed from other columns and cannot be written.</summary>
    public bool IsComputed { get; init; }

    /// <summary>Whether there is a default other than a growing number.</summary>
    public bool HasDefault { get; init; }

    /// <summary>
    /// The default as an expression of the database's SQL, an identity's next number too: what a new row has in a column of one side where the
    /// entity says null. Null: the column has none or is computed, and such a row has NULL there. It is part of the statements, so it must be SQL
    /// that came out of the catalogue, valid where a value is, and without effect until it is evaluated.
    /// </summary>
    public string? DefaultExpression { get; init; }
}
