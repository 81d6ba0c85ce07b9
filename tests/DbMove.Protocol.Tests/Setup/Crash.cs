namespace DbMove.Protocol.Tests.Setup;

/// <summary>
/// Ends the first passer of a probe point there: its sessions are closed without another statement, as the server sees a
/// process that dies.
/// </summary>
internal sealed class Crash : Exception
{
    private Crash(string point)
        : base("died at " + point)
    {
    }

    public static void At(Migration migration, string point)
    {
        int passed = 0;
        migration.Context.Probes.Handler = (reached, _) => reached == point && Interlocked.Increment(ref passed) == 1 ? throw new Crash(point) : default;
    }
}
