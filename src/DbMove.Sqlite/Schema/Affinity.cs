namespace DbMove.Sqlite.Schema;

/// <summary>What SQLite does to a value as it is stored.</summary>
internal enum Affinity
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Numbers become text, floating-point ones with 15 digits.</summary>
    Text,

    /// <summary>Text that looks like a number becomes one.</summary>
    Numeric,

    /// <summary>As <see cref="Numeric"/>.</summary>
    Integer,

    /// <summary>Numbers, and text that looks like one, become floating-point numbers.</summary>
    Real,
}
