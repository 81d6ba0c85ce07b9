using DbMove.Simulation.Tests.Dialect;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>A write's way to the follower: which session it was given there, if any. It goes with the flow of the write's code.</summary>
internal sealed class Visit
{
    private static readonly AsyncLocal<Visit?> s_current = new();

    /// <summary>That of the write whose code the calling thread runs.</summary>
    public static Visit? Current => s_current.Value;

    /// <summary>The session on the follower.</summary>
    public MemorySession? Session { get; set; }

    /// <summary>Whether the images are there, or the follower has failed: what is opened from now on is something else.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The write goes to its follower next.</summary>
    public static void Begin() => s_current.Value = new Visit();

    public void End() => IsOver = true;
}
