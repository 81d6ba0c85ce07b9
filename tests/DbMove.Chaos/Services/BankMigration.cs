using DbMove.Chaos.Bank;
using Microsoft.Extensions.Logging;

namespace DbMove.Chaos.Services;

/// <summary>The migration as the services build it.</summary>
internal static class BankMigration
{
    public const string Name = "chaos";

    /// <summary>With every option as it is by default: what is measured is what a user gets.</summary>
    public static Migration BuildByDefault(string source, string target, ILoggerFactory log) => Describe(source, target, log).Build();

    /// <summary>
    /// With short times. In a run with an odd seed the services differ in what a write waits for: the second acknowledges after the
    /// authority, the third is strict.
    /// </summary>
    public static Migration Build(ServiceArguments arguments, ILoggerFactory log) =>
        Describe(arguments.Source, arguments.Target, log)
            .Configure(options =>
            {
                bool isMixed = arguments.Seed % 2 != 0;
                options.Acknowledge = isMixed && arguments.Name == "service-1" ? Acknowledge.AfterAuthority : Acknowledge.AfterFollower;
                options.FollowerFailure = isMixed && arguments.Name == "service-2" ? FollowerFailure.FailWrite : FollowerFailure.KeepIntent;
                options.PollInterval = TimeSpan.FromMilliseconds(500);
                options.FollowerTimeout = TimeSpan.FromSeconds(1);
                options.PauseBudget = TimeSpan.FromSeconds(2);
                options.LockTimeout = TimeSpan.FromSeconds(5);
                options.Repair.IntentDelay = TimeSpan.FromMilliseconds(500);
                options.Repair.Interval = TimeSpan.FromMilliseconds(500);
                options.Backfill.ClaimLease = TimeSpan.FromSeconds(2);
                options.Backfill.InitialChunk = 200;
                options.Backfill.MaximumChunk = 500;
                options.Backfill.RowsPerSecond = 1000;
                options.Validation.RangeSize = 2000;
                options.Validation.PageSize = 500;
                options.Validation.SampleSize = 1000;
                options.Validation.MaximumDuration = TimeSpan.FromSeconds(30);
                options.Fleet.Expiry = TimeSpan.FromSeconds(3);
                options.Fleet.LeaderLease = TimeSpan.FromSeconds(2);
                options.Events.Lease = TimeSpan.FromSeconds(3);
            })
            .Build();

    private static MigrationBuilder Describe(string source, string target, ILoggerFactory log) =>
        new MigrationBuilder(Name).FromPostgreSql(source).ToPostgreSql(target).AddEntity<Account>().AddEntity<Entry>().UseLoggerFactory(log);
}
