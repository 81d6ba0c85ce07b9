namespace DbMove;

/// <summary>One of the two databases of a migration.</summary>
public enum Side
{
    /// <summary>The database that the tables leave.</summary>
    Source,

    /// <summary>The database that the tables move to.</summary>
    Target,
}
