using System.Diagnostics;
using System.Globalization;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;
using Npgsql;

namespace DbMove.Migrations.Tests.Pgbench;

/// <summary>Databases that <c>pgbench -i</c> makes.</summary>
internal static class PgbenchDatabase
{
    public const int AccountsPerBranch = 100_000;

    /// <summary>Makes the tables (<c>t</c>), with rows (<c>g</c>) where a scale is given, and the primary keys (<c>p</c>).</summary>
    public static async Task<PlainDatabase> CreateAsync(PostgreSqlServer server, int scale, bool rows)
    {
        PlainDatabase database = await PlainDatabase.CreateAsync(Engine.PostgreSql, server);
        NpgsqlConnectionStringBuilder address = new(database.Address);
        ProcessStartInfo start = new(Find())
        {
            RedirectStandardError = true,
            ArgumentList =
            {
                "-i", "-q", "-I", rows ? "dtgp" : "dtp", "-s", scale.ToString(CultureInfo.InvariantCulture),
                "-h", address.Host!, "-p", address.Port.ToString(CultureInfo.InvariantCulture), "-U", address.Username!, address.Database!,
            },
        };
        using Process process = Process.Start(start)!;
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
        return database;
    }

    /// <summary>Beside the server's programs, also where those are links, or on the path; without it the test is skipped, in CI it fails.</summary>
    private static string Find()
    {
        string initDb = PostgreSqlBinaries.Find()?.InitDb ?? "";
        string target = File.Exists(initDb) ? File.ResolveLinkTarget(initDb, returnFinalTarget: true)?.FullName ?? initDb : initDb;
        string? pgbench = new[] { Path.GetDirectoryName(initDb), Path.GetDirectoryName(target) }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.Combine(folder!, "pgbench"))
            .FirstOrDefault(File.Exists);
        if (pgbench is null)
        {
            const string Missing = "pgbench is neither beside the PostgreSQL server's programs nor on the path.";
            Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", Missing);
            Assert.Fail(Missing);
        }

        return pgbench;
    }
}
