using System.Globalization;

namespace DbMove.Scheduling;

/// <summary>Checks options when a migration is built: one error that names every value out of range.</summary>
internal static class MigrationOptionsCheck
{
    public static void Check(string migration, MigrationOptions options)
    {
        List<string> wrong = [];
        void Between(string name, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                wrong.Add($"{name} is {value}, and must be between {least} and {most}");
            }
        }

        void Count(string name, int value, int most)
        {
            if (value < 1 || value > most)
            {
                wrong.Add($"{name} is {value}, and must be between 1 and {most}");
            }
        }

        TimeSpan minute = TimeSpan.FromMinutes(1);
        Between(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(50), minute);
        Between(nameof(options.FollowerTimeout), options.FollowerTimeout, TimeSpan.FromMilliseconds(10), minute);
        Between(nameof(options.PauseBudget), options.PauseBudget, TimeSpan.FromMilliseconds(50), minute);
        if (options.LockTimeout <= options.PauseBudget || options.LockTimeout > TimeSpan.FromMinutes(10))
        {
            // A writer that waits for the fence of a switch must not give up before the switch does.
            wrong.Add($"LockTimeout is {options.LockTimeout}, and must be longer than PauseBudget, which is {options.PauseBudget}, and at most {TimeSpan.FromMinutes(10)}");
        }

        Count("Breaker.FailuresInARow", options.Breaker.FailuresInARow, 1000);
        Count("Breaker.MaximumWriters", options.Breaker.MaximumWriters, 10_000);
        Between("Breaker.SamplingDuration", options.Breaker.SamplingDuration, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(10));
        Between("Breaker.BreakDuration", options.Breaker.BreakDuration, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));
        if (options.Breaker.MinimumThroughput is < 2 or > 100_000)
        {
            wrong.Add($"Breaker.MinimumThroughput is {options.Breaker.MinimumThroughput}, and must be between 2 and 100000");
        }

        if (options.Breaker.FailureRatio is not (> 0 and <= 1))
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"Breaker.FailureRatio is {options.Breaker.FailureRatio}, and must be above 0 and at most 1"));
        }

        if (options.Retry.MaximumRetries is < 0 or > 100)
        {
            wrong.Add($"Retry.MaximumRetries is {options.Retry.MaximumRetries}, and must be between 0 (one try) and 100");
        }

        Between("Retry.BaseDelay", options.Retry.BaseDelay, TimeSpan.FromMilliseconds(1), minute);
        Between("Retry.MaximumDelay", options.Retry.MaximumDelay, options.Retry.BaseDelay, TimeSpan.FromMinutes(10));
        Between("Repair.IntentDelay", options.Repair.IntentDelay, TimeSpan.Zero, minute);
        Between("Repair.Interval", options.Repair.Interval, TimeSpan.FromMilliseconds(10), minute);
        Between("Gate.MaximumIntentAge", options.Gate.MaximumIntentAge, TimeSpan.Zero, TimeSpan.FromDays(1));
        Between("Gate.MinimumTimeInStage", options.Gate.MinimumTimeInStage ?? TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(365));
        Count("Repair.BatchSize", options.Repair.BatchSize, 10_000);
        Count("Repair.MaximumAttempts", options.Repair.MaximumAttempts, 100);
        Count("Repair.ClearBatchSize", options.Repair.ClearBatchSize, 10_000);
        Between("Backfill.ChunkDuration", options.Backfill.ChunkDuration, TimeSpan.FromMilliseconds(10), minute);
        Between("Backfill.ClaimLease", options.Backfill.ClaimLease, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Count("Backfill.Workers", options.Backfill.Workers, 64);
        Count("Backfill.InitialChunk", options.Backfill.InitialChunk, 100_000);
        Count("Backfill.MaximumChunk", options.Backfill.MaximumChunk, 1_000_000);
        Count("Backfill.RowsPerSecond", options.Backfill.RowsPerSecond ?? 1, int.MaxValue);
        Between("Validation.SuspectDelay", options.Validation.SuspectDelay, TimeSpan.Zero, minute);
        Between("Validation.Interval", options.Validation.Interval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10));
        Between("Validation.MaximumDuration", options.Validation.MaximumDuration ?? minute, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(30));
        Count("Validation.Workers", options.Validation.Workers, 64);
        Count("Validation.RangeSize", options.Validation.RangeSize, 10_000_000);
        Count("Validation.PageSize", options.Validation.PageSize, 100_000);
        Count("Validation.SuspectRounds", options.Validation.SuspectRounds, 20);
        Count("Validation.RowsPerSecond", options.Validation.RowsPerSecond ?? 1, int.MaxValue);
        Count("Validation.StopAfterDifferences", options.Validation.StopAfterDifferences ?? 1, int.MaxValue);
        if (options.Validation.SampleSize is < 0 or > 10_000)
        {
            wrong.Add($"Validation.SampleSize is {options.Validation.SampleSize}, and must be between 0 and 10000");
        }

        Between("Events.Lease", options.Events.Lease, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Between("Events.RetryDelay", options.Events.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        Between("Events.MaximumRetryDelay", options.Events.MaximumRetryDelay, options.Events.RetryDelay, TimeSpan.FromHours(1));
        Between("Events.PollInterval", options.Events.PollInterval, TimeSpan.FromMilliseconds(10), minute);
        Count("Events.Consumers", options.Events.Consumers, 64);
        Count("Events.MaximumAttempts", options.Events.MaximumAttempts, 1000);
        Count("Reads.MinimumShadowReads", options.Reads.MinimumShadowReads, 100_000);
        Count("Reads.ShadowQueue", options.Reads.ShadowQueue, 100_000);
        Count("Reads.ShadowWorkers", options.Reads.ShadowWorkers, 64);
        foreach ((string name, int percentage) in (ReadOnlySpan<(string, int)>)[("TargetPercentage", options.Reads.TargetPercentage), ("ShadowPercentage", options.Reads.ShadowPercentage)])
        {
            if (percentage is < 0 or > 100)
            {
                wrong.Add($"Reads.{name} is {percentage}, and must be between 0 and 100");
            }
        }

        if (options.Reads.MaximumShadowMismatchRate is not (>= 0 and <= 1))
        {
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"Reads.MaximumShadowMismatchRate is {options.Reads.MaximumShadowMismatchRate}, and must be between 0 and 1"));
        }

        Between("AutoPromotion.Interval", options.AutoPromotion.Interval, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(10));
        foreach ((Stage stage, TimeSpan openFor) in options.AutoPromotion.Steps)
        {
            Between($"AutoPromotion to {stage}: openFor", openFor, options.AutoPromotion.Interval, TimeSpan.FromDays(365));
            if (!Enum.IsDefined(stage) || stage == Stage.Initial)
            {
                wrong.Add($"AutoPromotion.To names {stage}, and no step leads there");
            }
            else if (stage == Stage.Completed && !options.AutoPromotion.MayComplete)
            {
                wrong.Add("AutoPromotion.To names Completed, which is final: if that is meant, say ToCompletedWithoutWayBack");
            }
        }

        TimeSpan expiry = TimeSpan.FromSeconds(3);
        Between("Fleet.Expiry", options.Fleet.ExpiryWith(options.PollInterval), options.PollInterval > expiry ? options.PollInterval : expiry, TimeSpan.FromHours(1));
        Between("Fleet.LeaderLease", options.Fleet.LeaderLease, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        if (options.Fleet.Label is { } label && (label.Length is 0 or > 200 || label.Any(char.IsControl)))
        {
            wrong.Add("Fleet.Label must have 1 to 200 letters and no control characters");
        }

        if (options.Events is { Channel: not null, Broker: not null })
        {
            wrong.Add("Events.Channel and Events.Broker are both set, and a channel of your own has no use for a broker");
        }

        if (options.Backfill.MaximumChunk < options.Backfill.InitialChunk)
        {
            wrong.Add($"Backfill.MaximumChunk is {options.Backfill.MaximumChunk}, and must be at least Backfill.InitialChunk, which is {options.Backfill.InitialChunk}");
        }

        if (options.ControlTablePrefix.Length is 0 or > 12 || !options.ControlTablePrefix.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        {
            wrong.Add($"ControlTablePrefix is '{options.ControlTablePrefix}', and must be 1 to 12 lower-case letters, digits and underscores");
        }

        if (!Enum.IsDefined(options.FollowerFailure))
        {
            wrong.Add($"FollowerFailure is {options.FollowerFailure}, which is no such value");
        }

        if (!Enum.IsDefined(options.Acknowledge))
        {
            wrong.Add($"Acknowledge is {options.Acknowledge}, which is no such value");
        }

        if (!Enum.IsDefined(options.StaleReads))
        {
            wrong.Add($"StaleReads is {options.StaleReads}, which is no such value");
        }

        if (wrong.Count > 0)
        {
            throw new MigrationConfigurationException($"The options of migration '{migration}' cannot work: {string.Join("; ", wrong)}.");
        }
    }
}
