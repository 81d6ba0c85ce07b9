namespace Quickstart.Options;

/// <summary>What the command line asked for; null where it said nothing.</summary>
internal sealed record QuickstartOptions
{
    public const int DefaultRows = 100_000;
    public const int DefaultWriters = 4;
    public const int DefaultSeed = 1;

    public DatabaseAddress? Source { get; init; }

    public DatabaseAddress? Target { get; init; }

    public int? Rows { get; init; }

    public int? Writers { get; init; }

    public int? Seed { get; init; }

    /// <summary>A NATS server's URL; it may hold a password.</summary>
    public string? Nats { get; init; }

    public bool Serve { get; init; }

    public bool Stay { get; init; }

    public bool Resume { get; init; }

    public bool Keep { get; init; }

    /// <exception cref="UsageException">A value is out of range, or two options contradict each other.</exception>
    public QuickstartOptions Checked()
    {
        Between("--rows", Rows, 1_000, 10_000_000);
        Between("--writers", Writers, 1, 64);
        Between("--seed", Seed, 0, int.MaxValue);
        if (Stay && !Serve)
        {
            throw new UsageException("--stay keeps the server of --serve up; add --serve.");
        }

        if (Nats is not null && !Nats.StartsWith("nats://", StringComparison.Ordinal) && !Nats.StartsWith("tls://", StringComparison.Ordinal))
        {
            throw new UsageException("--nats must be nats://<host>:<port> or tls://<host>:<port>.");
        }

        if (Source is null != Target is null)
        {
            throw new UsageException($"Only {(Source is null ? "--target" : "--source")} is given; name both databases, or neither for two SQLite files in a temporary folder.");
        }

        if (Resume && Source is null)
        {
            throw new UsageException("--resume needs --source and --target of the run that was interrupted; it printed them.");
        }

        if (Source is not null && Source == Target)
        {
            throw new UsageException("--source and --target are the same database; name two.");
        }

        return this;
    }

    private static void Between(string option, int? value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new UsageException($"{option} is {value}, and must be between {least} and {most}.");
        }
    }
}
