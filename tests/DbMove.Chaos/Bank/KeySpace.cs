namespace DbMove.Chaos.Bank;

/// <summary>Whose rows are whose. Every writer owns its accounts; a few are shared; the rest nobody writes.</summary>
internal static class KeySpace
{
    /// <summary>Rows that nobody writes: the backfill's work, and where damage is planted.</summary>
    public const int QuietRows = 8_000;

    /// <summary>
    /// Accounts between which all writers transfer: only their sum is known. So many that writers meet there all the time, and seldom
    /// so often in a row that the default number of retries does not help.
    /// </summary>
    public const int SharedRows = 100;

    public const long SharedBalance = 1000;

    public const long OpeningBalance = 1000;

    /// <summary>Accounts that a writer may have, and how many of them are there from the beginning.</summary>
    public const int OwnRows = 150;

    public const int OpeningRows = 50;

    private const long SharedBase = 900_000;

    public static long Shared(int number) => SharedBase + number;

    public static bool IsShared(long account) => account is > SharedBase and <= SharedBase + SharedRows;

    public static bool IsQuiet(long account) => account is >= 1 and <= QuietRows;

    /// <summary>The writer's account of a number from 1.</summary>
    public static long Own(int writer, int number) => (writer * 1_000_000L) + number;
}
