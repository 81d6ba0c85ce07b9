namespace DbMove.Runtime.Tests.Setup;

/// <summary>Does something when a probe point is passed for the time number so many.</summary>
internal static class At
{
    public static void Point(Migration migration, string point, int number, Func<Task> action)
    {
        int passed = 0;
        migration.Context.Probes.Handler = async (reached, _) =>
        {
            if (reached == point && Interlocked.Increment(ref passed) == number)
            {
                await action();
            }
        };
    }

    /// <summary>Ends the passer there, as a process that dies.</summary>
    public static void Crash(Migration migration, string point, int number = 1) => Point(migration, point, number, () => throw new CrashException());
}
