namespace DbMove.Dialects;

/// <summary>What a session is opened for, where an engine keeps readers and writers apart.</summary>
public enum SessionUse
{
    /// <summary>Reads only.</summary>
    Read,

    /// <summary>A transaction that writes or locks.</summary>
    Write,
}
