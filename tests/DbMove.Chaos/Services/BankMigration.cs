using DbMove.Chaos.Bank;
using Microsoft.Extensions.Logging;

namespace DbMove.Chaos.Services;

/// <summary>The migration as every service builds it: with short times, so that much happens in two minutes.</summary>
internal static class BankMigration
{
    public const string Name = "chaos";

    public static Migration Build(string source, string target, ILoggerFactory log, int? backfillRowsPerSecond = null) =>
        new MigrationBuilder(Name)
            .FromPostgreSql(source)
            .ToPostgreSql(target)
            .AddEntity<Account>()
            .AddEntity<Entry>()
            .UseLoggerFactory(log)
            .Configure(options =>
            {
                options.PollInterval = TimeSpan.FromMilliseconds(500);
                options.FollowerTimeout = TimeSpan.FromSeconds(1);
                options.PauseBudget = TimeSpan.FromSeconds(2);
                options.LockTimeout = TimeSpan.FromSeconds(5);
                options.Repair.IntentDelay = TimeSpan.FromMilliseconds(500);
                options.Repair.Interval = TimeSpan.FromMilliseconds(500);
                options.Backfill.ClaimLease = TimeSpan.FromSeconds(2);
                options.Backfill.InitialChunk = 200;
                options.Backfill.MaximumChunk = 500;
                options.Backfill.RowsPerSecond = backfillRowsPerSecond;
                options.Validation.RangeSize = 2000;
                options.Validation.PageSize = 500;
                options.Validation.SampleSize = 1000;
                options.Validation.MaximumDuration = TimeSpan.FromSeconds(30);
                options.Events.Lease = TimeSpan.FromSeconds(3);
            })
            .Build();
}
