using DbMove.Chaos.Traffic;

namespace DbMove.Chaos.Faults;

/// <summary>What goes wrong, when, to whom and for how long: it follows from the seed and the length of the run alone.</summary>
internal static class FaultSchedule
{
    /// <summary>The faults of one minute. Two minutes have six kills, and every kind at least twice.</summary>
    private static readonly FaultKind[] s_minute =
    [
        FaultKind.KillService, FaultKind.KillService, FaultKind.KillServer, FaultKind.StopService, FaultKind.StopServer,
        FaultKind.CutLink, FaultKind.FreezeLink, FaultKind.DelayLink,
    ];

    private static readonly TimeSpan s_quietBefore = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_quietAfter = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<Fault> Draw(int seed, double minutes, int services)
    {
        Random random = new(StableSeed.Of(seed, 17));
        int blocks = Math.Max(1, (int)minutes);
        FaultKind[][] drawn = [.. Enumerable.Range(0, blocks).Select(_ => Shuffled(random))];
        FaultKind[] kinds = [.. drawn.SelectMany(kind => kind)];
        double gap = (TimeSpan.FromMinutes(minutes) - s_quietBefore - s_quietAfter).TotalSeconds / kinds.Length;
        Side server = random.Next(2) == 0 ? Side.Source : Side.Target;
        List<Fault> faults = [];
        for (int number = 0; number < kinds.Length; number++)
        {
            FaultKind kind = kinds[number];
            TimeSpan at = s_quietBefore + TimeSpan.FromSeconds((number + (random.NextDouble() * 0.7)) * gap);
            TimeSpan length = TimeSpan.FromSeconds(kind is FaultKind.KillService or FaultKind.KillServer ? 0.2 + (random.NextDouble() * 2) : 1.5 + (random.NextDouble() * 3));
            bool isOfServer = kind is FaultKind.KillServer or FaultKind.StopServer;
            Side? side = kind is FaultKind.KillService or FaultKind.StopService ? null : (Side)random.Next(2);
            if (kind == FaultKind.KillServer)
            {
                // In turn: both sides come up in any two minutes.
                (side, server) = (server, server.Other());
            }

            int service = isOfServer ? -1 : kind is FaultKind.KillService or FaultKind.StopService ? random.Next(services) : random.Next(-1, services);
            faults.Add(new(at, kind, service, side, length, TimeSpan.FromMilliseconds(random.Next(5, 80)), kind == FaultKind.FreezeLink && random.Next(2) == 0));
        }

        return faults;
    }

    private static FaultKind[] Shuffled(Random random)
    {
        FaultKind[] kinds = [.. s_minute];
        random.Shuffle(kinds);
        return kinds;
    }
}
