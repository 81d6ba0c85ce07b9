using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>Whether the database makes a column's value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum GeneratedValue
{
    /// <summary>The application gives the value.</summary>
    None,

    /// <summary>The database makes the value at insert; an update writes it like any other (a key is never updated).</summary>
    Identity,

    /// <summary>The database makes the value at every write; the authority is never given one, the follower gets the authority's.</summary>
    Computed,
}
