using System.Globalization;
using Npgsql;
using Testcontainers.PostgreSql;
using Xunit;

namespace DbMove.Tests.Servers;

/// <summary>
/// A private PostgreSQL for one test run: the installed binaries on a free port, else a container where Docker runs. Without
/// either, tests are skipped on a developer's machine and fail in CI. Use it as an assembly fixture.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private readonly bool _isDurable;
    private PostgreSqlProcess? _process;
    private PostgreSqlContainer? _container;
    private string? _address;
    private string? _unavailable;
    private int _databases;

    public PostgreSqlServer()
        : this(isDurable: false)
    {
    }

    private PostgreSqlServer(bool isDurable) => _isDurable = isDurable;

    /// <summary>A server with fsync left on, not started yet: for tests that kill it.</summary>
    public static PostgreSqlServer CreateDurable() => new(isDurable: true);

    /// <summary>The server's process, where it runs from installed binaries; for tests that stop or kill it.</summary>
    public PostgreSqlProcess Process => _process ?? throw new InvalidOperationException("The server does not run from installed binaries.");

    private bool IsInMemory => _process is { IsInMemory: true };

    public async ValueTask InitializeAsync()
    {
        if (PostgreSqlBinaries.Find() is { } binaries)
        {
            _process = await PostgreSqlProcess.StartAsync(binaries, _isDurable).ConfigureAwait(false);
            _address = $"Host=127.0.0.1;Port={_process.Port.ToString(CultureInfo.InvariantCulture)};Username=postgres";
            return;
        }

        try
        {
            PostgreSqlContainer container = new PostgreSqlBuilder("postgres:17").WithCommand("-c", "max_connections=200", "-c", _isDurable ? "fsync=on" : "fsync=off").Build();
            await container.StartAsync().ConfigureAwait(false);
            _container = container;
            _address = container.GetConnectionString();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever Docker says when it is not there: the tests that need a server tell.
            _unavailable = "Neither PostgreSQL's binaries (initdb, pg_ctl) nor Docker was found: " + exception.Message;
        }
    }

    /// <summary>The connection string of an existing database of the server.</summary>
    public string ConnectionString(string database)
    {
        if (_address is null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(_unavailable ?? "The PostgreSQL server was not started.");
            }

            Assert.Skip(_unavailable ?? "The PostgreSQL server was not started.");
        }

        return new NpgsqlConnectionStringBuilder(_address) { Database = database }.ConnectionString;
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    /// <param name="options">What follows CREATE DATABASE, such as an encoding.</param>
    public async Task<string> CreateDatabaseAsync(string options = "")
    {
        string name = "test_" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
        await using NpgsqlConnection connection = new(ConnectionString("postgres"));
        await connection.OpenAsync().ConfigureAwait(false);
        await using NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is a counter and the options are written in the test.
        command.CommandText = $"CREATE DATABASE {name} {options}{(IsInMemory && !options.Contains("STRATEGY", StringComparison.Ordinal) && connection.PostgreSqlVersion.Major >= 15 ? " STRATEGY file_copy" : "")}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        return ConnectionString(name);
    }

    /// <summary>Drops a database that nobody needs any more, where it takes memory; elsewhere it goes with the server.</summary>
    /// <param name="connectionString">As it was returned.</param>
    public async Task DropDatabaseAsync(string connectionString)
    {
        await using (NpgsqlConnection used = new(connectionString))
        {
            NpgsqlConnection.ClearPool(used);
        }

        if (IsInMemory)
        {
            await using NpgsqlConnection connection = new(ConnectionString("postgres"));
            await connection.OpenAsync().ConfigureAwait(false);
            await using NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is a counter.
            command.CommandText = $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }

        if (_container is not null)
        {
            await _container.DisposeAsync().ConfigureAwait(false);
        }
    }
}
