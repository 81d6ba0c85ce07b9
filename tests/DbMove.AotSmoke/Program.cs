using System.Globalization;
using DbMove.AotSmoke;
using DbMove.Tests.Servers;
using Npgsql;

// A whole migration with a switch, in a native binary, on SQLite and on PostgreSQL. The last line tells how it went.
string folder = Directory.CreateTempSubdirectory("dbmove-aot-").FullName;
try
{
    string source = Path.Combine(folder, "source.db");
    string target = Path.Combine(folder, "target.db");
    await File.WriteAllBytesAsync(source, []);
    await File.WriteAllBytesAsync(target, []);
    await SmokeMigration.RunAsync("SQLite", new SmokeSide(IsSqlite: true, source), new SmokeSide(IsSqlite: true, target));

    if (PostgreSqlBinaries.Find() is { } binaries)
    {
        await using PostgreSqlProcess server = await PostgreSqlProcess.StartAsync(binaries, isDurable: false);
        NpgsqlConnectionStringBuilder address = new() { Host = "127.0.0.1", Port = server.Port, Username = "postgres", Database = "postgres" };
        SmokeSide old = new(IsSqlite: false, address.ConnectionString);
        await old.RunAsync("CREATE DATABASE moved");
        address.Database = "moved";
        await SmokeMigration.RunAsync("PostgreSQL", old, new SmokeSide(IsSqlite: false, address.ConnectionString));
        NpgsqlConnection.ClearAllPools();
    }
    else if (Environment.GetEnvironmentVariable("CI") == "true")
    {
        throw new SmokeException("PostgreSQL's programs (initdb, pg_ctl) are not installed");
    }
    else
    {
        Console.WriteLine("PostgreSQL: skipped, its programs (initdb, pg_ctl) are not installed");
    }

    Console.WriteLine("aot smoke: passed");
    return 0;
}
catch (Exception exception) when (exception is not OutOfMemoryException)
{
    Console.Error.WriteLine(exception);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"aot smoke: failed {exception.Message.ReplaceLineEndings(" ")}"));
    return 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
