using DbMove.Telemetry;

namespace DbMove.Reads;

/// <summary>
/// Points at which a test may hold a read. Apart from <see cref="ProbePoint"/>, because nothing is written around them: a
/// process that dies here leaves nothing that the crash matrix could look at.
/// </summary>
internal static class ReadPoint
{
    /// <summary>The source has said for which keys the target may be read; the target was not asked yet.</summary>
    public const string Checked = "read.checked";

    /// <summary>A sampled read is about to be repeated on the other side; its caller was answered.</summary>
    public const string ShadowRepeat = "shadow.repeat";
}
