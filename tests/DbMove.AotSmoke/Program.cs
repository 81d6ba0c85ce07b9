using System.Globalization;
using DbMove.AotSmoke;
using DbMove.AotSmoke.Databases;
using DbMove.AotSmoke.Journey;
using DbMove.AotSmoke.Service;
using DbMove.Tests.Servers;
using Npgsql;

// Publishes samples/OrderService with Native AOT, or takes the executable that is named, and drives it by HTTP through a whole
// migration under traffic, on SQLite and on PostgreSQL. The last line tells how it went.
string folder = Directory.CreateTempSubdirectory("dbmove-aot-").FullName;
try
{
    string executable = args.Length > 0 ? Path.GetFullPath(args[0]) : await ServicePublish.RunAsync(Path.Combine(folder, "service"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"executable: {new FileInfo(executable).Length / 1048576.0:0.0} MB"));

    string data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
    await new SmokeJourney(
        "SQLite",
        executable,
        new SmokeDatabase(IsSqlite: true, Path.Combine(data, "source.db"), SideNames.Source),
        new SmokeDatabase(IsSqlite: true, Path.Combine(data, "target.db"), SideNames.Target),
        nats: null).RunAsync(folder);

    bool isCi = Environment.GetEnvironmentVariable("CI") == "true";
    PostgreSqlBinaries? postgreSql = PostgreSqlBinaries.Find();
    bool hasNats = NatsServerBinary.Find() is not null;
    SmokeException.Require(!isCi || postgreSql is not null, "PostgreSQL's programs (initdb, pg_ctl) are not installed");
    SmokeException.Require(!isCi || hasNats, "nats-server is not installed");
    if (postgreSql is null)
    {
        Console.WriteLine("PostgreSQL: skipped, its programs (initdb, pg_ctl) are not installed");
    }
    else
    {
        if (!hasNats)
        {
            Console.WriteLine("NATS: skipped, nats-server is not installed");
        }

        await using NatsServerProcess? nats = hasNats ? await NatsServerProcess.CreateAsync() : null;
        await using PostgreSqlProcess server = await PostgreSqlProcess.StartAsync(postgreSql, isDurable: true);
        NpgsqlConnectionStringBuilder address = new() { Host = "127.0.0.1", Port = server.Port, Username = "postgres", Database = "postgres" };
        SmokeDatabase source = new(IsSqlite: false, address.ConnectionString, SideNames.Source);
        await source.RunAsync("CREATE DATABASE moved");
        address.Database = "moved";
        SmokeDatabase target = new(IsSqlite: false, address.ConnectionString, SideNames.Target);
        await new SmokeJourney(nats is null ? "PostgreSQL" : "PostgreSQL and NATS", executable, source, target, nats is null ? null : new NatsBroker(nats.Url, nats.MonitorPort)).RunAsync(folder);
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
