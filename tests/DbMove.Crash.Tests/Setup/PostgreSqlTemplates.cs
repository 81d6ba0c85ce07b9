using System.Collections.Concurrent;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;
using Npgsql;

namespace DbMove.Crash.Tests.Setup;

/// <summary>
/// Pairs of databases that are used again: what every stage holds is kept in a schema beside, and put back for each cell. A
/// database for every cell would cost more than all else in it. Before the first switch there are no control tables, so
/// those cells, which are few, get databases of their own.
/// </summary>
internal sealed class PostgreSqlTemplates : Templates
{
    private readonly PostgreSqlServer _server;
    private readonly ConcurrentBag<(string Source, string Target)> _free = [];
    private (string Source, string Target) _walked;
    private (string Source, string Target) _initial;

    private PostgreSqlTemplates(PostgreSqlServer server) => _server = server;

    public static async Task<Templates> CreateAsync(PostgreSqlServer server)
    {
        PostgreSqlTemplates templates = new(server);
        Job job = new(false, await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync(), Operations.Write, string.Empty, string.Empty, 1);
        await new Database(job.Source, true).ExecuteAsync(Books.Definition(true, Side.Source));
        await new Database(job.Target, true).ExecuteAsync(Books.Definition(true, Side.Target));
        await templates.WalkAsync(job);
        templates._walked = (job.Source, job.Target);
        Release(job.Source);
        Release(job.Target);
        return templates;
    }

    public override async Task<(string Source, string Target)> TakeAsync(Stage stage)
    {
        if (stage == Stage.Initial)
        {
            return await CopyAsync(_initial);
        }

        (string source, string target) = _free.TryTake(out (string, string) used) ? used : await CopyAsync(_walked);
        await new Database(source, true).ExecuteAsync(PutBack(stage));
        await new Database(target, true).ExecuteAsync(PutBack(stage));
        return (source, target);
    }

    public override async Task ReturnAsync(Stage stage, string source, string target)
    {
        if (stage != Stage.Initial)
        {
            _free.Add((source, target));
            return;
        }

        foreach (string address in (string[])[source, target])
        {
            Release(address);
            NpgsqlConnectionStringBuilder builder = new(address);
            string name = builder.Database!;
            builder.Database = "postgres";
            await new Database(builder.ConnectionString, true).ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    protected override async Task KeepAsync(Stage stage, Job job)
    {
        if (stage == Stage.Initial)
        {
            Release(job.Source);
            Release(job.Target);
            _initial = await CopyAsync((job.Source, job.Target));
            return;
        }

        foreach (string address in (string[])[job.Source, job.Target])
        {
            await new Database(address, true).ExecuteAsync(
                $"""
                CREATE SCHEMA keep_{stage};
                DO $$ DECLARE kept text; BEGIN
                    FOR kept IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                        EXECUTE format('CREATE TABLE keep_{stage}.%I AS TABLE public.%I', kept, kept);
                    END LOOP;
                END $$;
                CREATE TABLE keep_{stage}.all_sequences AS SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public';
                """);
        }
    }

    // As a replica: the order of tables that refer to one another does not matter. A dead process's sessions hold their
    // locks until the server has seen its end, and this waits for them.
    private static string PutBack(Stage stage) =>
        $"""
        SET session_replication_role = replica;
        DO $$ DECLARE kept text; BEGIN
            FOR kept IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('DELETE FROM public.%I', kept);
                EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM keep_{stage}.%I', kept, kept);
            END LOOP;
        END $$;
        SELECT setval(('public.' || quote_ident(sequencename))::regclass, coalesce(last_value, start_value), last_value IS NOT NULL) FROM keep_{stage}.all_sequences;
        SET session_replication_role = origin;
        """;

    private async Task<(string Source, string Target)> CopyAsync((string Source, string Target) pair) => (await CopyAsync(pair.Source), await CopyAsync(pair.Target));

    private Task<string> CopyAsync(string address) => _server.CreateDatabaseAsync($"TEMPLATE {new NpgsqlConnectionStringBuilder(address).Database} STRATEGY file_copy");

    /// <summary>A database that somebody is connected to can be neither copied nor dropped.</summary>
    private static void Release(string address)
    {
        using NpgsqlConnection connection = new(address);
        NpgsqlConnection.ClearPool(connection);
    }
}
