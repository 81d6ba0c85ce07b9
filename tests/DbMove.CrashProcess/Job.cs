using System.Globalization;

namespace DbMove.CrashProcess;

/// <summary>What a process is to do, and where it is to stand still. One line of its input.</summary>
/// <param name="IsSqlite">SQLite on both sides, else PostgreSQL.</param>
/// <param name="Source">The source's connection string.</param>
/// <param name="Target">The target's.</param>
/// <param name="Operation">One of <see cref="Operations"/>.</param>
/// <param name="Argument">What it is done with: a write, or a stage.</param>
/// <param name="Point">The point.</param>
/// <param name="Occurrence">The how-manieth time that it is passed; from 1.</param>
internal sealed record Job(bool IsSqlite, string Source, string Target, string Operation, string Argument, string Point, int Occurrence)
{
    public static Job Parse(string line) => line.Split('\t') is [var sqlite, var source, var target, var operation, var argument, var point, var occurrence]
        ? new(sqlite == "sqlite", source, target, operation, argument, point, int.Parse(occurrence, CultureInfo.InvariantCulture))
        : throw new FormatException("A job has seven parts.");

    public string Format() => string.Join('\t', IsSqlite ? "sqlite" : "postgresql", Source, Target, Operation, Argument, Point, Occurrence.ToString(CultureInfo.InvariantCulture));

    /// <summary>A migration as the job's, for the process and for who recovers after it.</summary>
    public Migration Build(Action<MigrationOptions>? configure = null)
    {
        MigrationBuilder builder = new("bank");
        _ = IsSqlite ? builder.FromSqlite(Source).ToSqlite(Target) : builder.FromPostgreSql(Source).ToPostgreSql(Target);
        return builder.AddEntity<Account>().AddEntity<Entry>().Configure(options =>
        {
            // What is done in the background otherwise is done in its turn, so that the points come in order.
            options.RunBackgroundWork = false;
            options.RequireDurableServers = false;
            options.PollInterval = TimeSpan.FromMilliseconds(50);

            // Whoever is slow here is a busy machine, and no cell is about being slow.
            options.PauseBudget = TimeSpan.FromSeconds(30);
            options.FollowerTimeout = TimeSpan.FromSeconds(30);
            options.LockTimeout = TimeSpan.FromSeconds(40);
            options.Gate.MinimumTimeInStage = TimeSpan.Zero;
            options.Repair.IntentDelay = TimeSpan.Zero;
            options.Backfill.Workers = 1;
            options.Backfill.InitialChunk = 2;
            options.Backfill.MaximumChunk = 2;
            options.Backfill.ClaimLease = TimeSpan.FromSeconds(1);
            options.Validation.Workers = 1;
            options.Validation.SuspectDelay = TimeSpan.Zero;
            configure?.Invoke(options);
        }).Build();
    }
}
