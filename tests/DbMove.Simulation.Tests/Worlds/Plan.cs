namespace DbMove.Simulation.Tests.Worlds;

/// <summary>What a schedule is made of. Everything that is drawn here depends on the seed alone.</summary>
internal sealed class Plan
{
    private Plan(Random random)
    {
        Keys = random.NextDouble() < 0.5 ? 1 : random.Next(2, 4);
        Writers = random.Next(2, 4);
        WritesEach = random.Next(2, 6);
        Repairers = random.Next(1, 3);
        Validators = random.NextDouble() < 0.5 ? 1 : 0;
        Operators = random.NextDouble() < 0.25 ? 2 : 1;
        Switches = random.Next(1, 4);
        UsesSlots = random.NextDouble() < 0.2;
        CurrentReads = random.NextDouble() < 0.25;
        IsStrict = random.NextDouble() < 0.1;
        AcknowledgesEarly = random.NextDouble() < 0.25 && !IsStrict;
        Beats = random.NextDouble() < 0.3;
        UsesNumbers = random.NextDouble() < 0.2;
        IsForced = random.NextDouble() < 0.25;
        ByPriority = random.NextDouble() < 0.4;
        Disturbances = random.NextDouble() < 0.15 ? 0 : random.Next(1, 6);
        DisturbanceRate = random.NextDouble() < 0.5 ? 0.01 : 0.03;
        LostCommits = random.NextDouble() < 0.4 ? 0.03 : 0;
        Holds = random.NextDouble() < 0.7 ? 0.08 : 0;
    }

    public int Keys { get; }

    public int Writers { get; }

    public int WritesEach { get; }

    public int Repairers { get; }

    public int Validators { get; }

    public int Operators { get; }

    /// <summary>Switches that each operator asks for.</summary>
    public int Switches { get; }

    /// <summary>Whether the unique column is used.</summary>
    public bool UsesSlots { get; }

    /// <summary>Whether the servers are of the kind that needs no key locks.</summary>
    public bool CurrentReads { get; }

    /// <summary>Whether a failing follower fails the write.</summary>
    public bool IsStrict { get; }

    /// <summary>Whether a write has succeeded when the authority has it, and the follower's commit goes on in the background.</summary>
    public bool AcknowledgesEarly { get; }

    /// <summary>Whether processes give signs of life.</summary>
    public bool Beats { get; }

    /// <summary>Whether the server numbers some of the rows.</summary>
    public bool UsesNumbers { get; }

    /// <summary>Whether the authority is moved while the backfill still runs: its gate is overridden, and rows may stay behind.</summary>
    public bool IsForced { get; }

    /// <summary>Whether the schedule begins before the migration's first switch.</summary>
    public bool BeginsOutside { get; set; }

    /// <summary>Whether the order of steps goes by priorities instead of evenly.</summary>
    public bool ByPriority { get; }

    /// <summary>How often something goes wrong at most.</summary>
    public int Disturbances { get; }

    /// <summary>How likely something goes wrong before a step.</summary>
    public double DisturbanceRate { get; }

    /// <summary>How likely the answer to a commit is lost.</summary>
    public double LostCommits { get; }

    /// <summary>How likely a process freezes at a named point of the protocol.</summary>
    public double Holds { get; }

    /// <summary>The plan of a seed.</summary>
    public static Plan Of(Random random) => new(random);
}
