namespace DbMove.Dialects;

/// <summary>How rows are locked as they are read.</summary>
public enum RowLock
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Against change until the transaction ends (<c>FOR SHARE</c>).</summary>
    Share,

    /// <summary>For a write in this transaction (<c>FOR UPDATE</c>).</summary>
    Update,
}
