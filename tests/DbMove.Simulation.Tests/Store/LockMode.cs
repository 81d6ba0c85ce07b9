namespace DbMove.Simulation.Tests.Store;

/// <summary>Modes of a <see cref="QueuedLock"/>. The same mode goes together but for <see cref="Exclusive"/>; different ones never do.</summary>
internal enum LockMode
{
    /// <summary>A fence's shared form; a table's lock of those who write it.</summary>
    Shared,

    /// <summary>A table's lock of those who keep writers out.</summary>
    Excluding,

    /// <summary>A fence's exclusive form; a key lock.</summary>
    Exclusive,
}
