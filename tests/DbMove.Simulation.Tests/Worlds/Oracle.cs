using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>What must be true when all has settled, by the committed rows and the ledger alone.</summary>
internal static class Oracle
{
    /// <summary>The authority holds every write, and in the dual stages the follower holds the same.</summary>
    public static void CheckSides(World world)
    {
        if (world.Control.Authority is not { } authority)
        {
            world.Violate("nobody decides: " + world.Control.Describe());
            return;
        }

        string expected = Describe(world.Ledger.Expected.Values);
        foreach (MemoryServer server in world.Servers)
        {
            string held = Describe(Rows(server));
            if (held != expected)
            {
                world.Violate($"the {server.Side} ({(server.Side == authority ? "authority" : "follower")}) holds {held}, and was to hold {expected}");
            }
        }

        long open = world.Servers[(int)authority].Tables["dbmove_intent"].Committed().Count();
        if (open > 0)
        {
            world.Violate($"{open} intents are open");
        }
    }

    /// <summary>The backfill is complete: nothing is missing and nothing differs; rows that were deleted meanwhile may be left.</summary>
    public static void CheckCopied(World world)
    {
        Dictionary<long, Item> target = Rows(world.Servers[(int)Side.Target]).ToDictionary(row => row.Id);
        foreach (Item row in world.Ledger.Expected.Values)
        {
            if (!target.TryGetValue(row.Id, out Item? copied) || copied != row)
            {
                world.Violate($"the backfill is complete, and the target holds {copied?.ToString() ?? "nothing"} for {row}");
            }
        }
    }

    private static IEnumerable<Item> Rows(MemoryServer server) => server.Tables["item"].Committed().Cast<Item>();

    private static string Describe(IEnumerable<Item> rows) => "[" + string.Join(", ", rows.OrderBy(row => row.Id).Select(row => $"{row.Id}={row.Value}/{row.Slot}")) + "]";
}
