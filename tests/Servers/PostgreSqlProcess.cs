using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DbMove.Tests.Servers;

/// <summary>A server started from installed binaries, with its data in a folder of its own.</summary>
public sealed class PostgreSqlProcess : IAsyncDisposable
{
    private const string MemoryFolder = "/dev/shm";

    // A server that never has to come back after a crash.
    private const string Careless = "-c fsync=off -c max_wal_size=256MB";

    private readonly PostgreSqlBinaries _binaries;
    private readonly string _folder;
    private readonly Process _watcher;

    private PostgreSqlProcess(PostgreSqlBinaries binaries, string folder, int port)
    {
        _binaries = binaries;
        _folder = folder;
        Port = port;
        _watcher = StartWatcher(folder);
    }

    public int Port { get; private set; }

    /// <summary>The data is in memory: a database is made in a tenth of the time, and takes memory until it is dropped.</summary>
    public bool IsInMemory => _folder.StartsWith(MemoryFolder, StringComparison.Ordinal);

    private string Data => Path.Combine(_folder, "data");

    // Where many servers' files are made and deleted, a file system that keeps them on disk takes most of the time.
    private static bool HasRoomInMemory =>
        Directory.Exists(MemoryFolder) && new DriveInfo(MemoryFolder) is { DriveFormat: "tmpfs", AvailableFreeSpace: >= 4L << 30 }
        && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >= 8L << 30;

    public static async Task<PostgreSqlProcess> StartAsync(PostgreSqlBinaries binaries, bool isDurable)
    {
        // A short path: the socket beside the data may have 107 bytes. Made by the user that the server runs as.
        string folder = (await RunAsync("mktemp", "-d", (!isDurable && HasRoomInMemory ? MemoryFolder : "/tmp") + "/dbmove-pg-XXXXXX").ConfigureAwait(false)).Trim();
        string data = Path.Combine(folder, "data");
        await RunAsync(binaries.InitDb, "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync").ConfigureAwait(false);
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            PostgreSqlProcess server = new(binaries, folder, port);
            try
            {
                await server.StartAsync(isDurable).ConfigureAwait(false);
                return server;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                // Somebody else took the port in between. The folder is needed again, so its watcher must not end yet.
                server._watcher.Kill();
            }
        }
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, on the same port.</summary>
    public async Task StartAsync(bool isDurable = false)
    {
        string log = Path.Combine(_folder, "log");
        try
        {
            await RunAsync(
                _binaries.PgCtl,
                "-D", Data, "-w", "-t", "60", "-l", log,
                "-o", string.Create(CultureInfo.InvariantCulture, $"-p {Port} -h 127.0.0.1 -k {_folder} -c max_connections=200 {(isDurable ? "-c fsync=on" : Careless)}"),
                "start").ConfigureAwait(false);
        }
        catch (InvalidOperationException exception) when (File.Exists(log))
        {
            throw new InvalidOperationException(exception.Message + string.Join('\n', File.ReadLines(log).TakeLast(15)), exception);
        }
    }

    /// <summary>Stops the server; <c>immediate</c> is a crash that loses what is not on disk.</summary>
    public async Task StopAsync(string mode = "fast")
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await RunAsync(_binaries.PgCtl, "-D", Data, "-m", mode, "-w", "-t", "60", "stop").ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Kills every process of the server at once (SIGKILL), without a word to anybody. What it acknowledged must be there after the
    /// next start; nothing else need be.
    /// </summary>
    public async Task KillAsync()
    {
        // The postmaster first stands still, so that it starts no further process while the list is made.
        int[] processes = await StopProcessesAsync().ConfigureAwait(false);
        await SignalAsync("KILL", processes).ConfigureAwait(false);
        for (int waited = 0; waited < 500 && processes.Any(IsAlive); waited++)
        {
            await Task.Delay(10).ConfigureAwait(false);
        }

        // Its number may stay behind as that of a process that nobody has waited for, which the next start would take for a server.
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        File.Delete(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{Port}.lock")));
    }

    /// <summary>Every process of the server stands still (SIGSTOP): connections stay up, new ones queue, and nothing is answered.</summary>
    public Task FreezeAsync() => StopProcessesAsync();

    /// <summary>They go on (SIGCONT).</summary>
    public Task ThawAsync() => SignalAsync("CONT", [Postmaster, .. ChildrenOf(Postmaster)]);

    /// <summary>Stops the server as a crash would and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        _watcher.StandardInput.Close();
        await _watcher.WaitForExitAsync().ConfigureAwait(false);
        _watcher.Dispose();
    }

    // A shell in a session of its own that sees the end of this process, however it ends, as the end of its input. A run
    // that is killed must not leave a server behind.
    private static Process StartWatcher(string folder)
    {
        const string Script = """
            cat > /dev/null
            pid="$1/data/postmaster.pid"
            id=$(head -n 1 "$pid" 2>/dev/null)
            if [ -n "$id" ]; then kill -QUIT "$id"; kill -CONT "$id"; fi
            n=0
            while [ -f "$pid" ] && [ $n -lt 200 ]; do sleep 0.05; n=$((n + 1)); done
            rm -rf "$1"
            """;
        ProcessStartInfo start = new("setsid") { RedirectStandardInput = true };
        foreach (string argument in new[] { "sh", "-c", Script, "watch", folder })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The server's watcher did not start.");
    }

    private int Postmaster => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private async Task<int[]> StopProcessesAsync()
    {
        int postmaster = Postmaster;
        await SignalAsync("STOP", [postmaster]).ConfigureAwait(false);
        int[] children = ChildrenOf(postmaster);
        await SignalAsync("STOP", children).ConfigureAwait(false);
        return [postmaster, .. children];
    }

    // Every process of the server is a child of the first, and leads a process group of its own.
    private static int[] ChildrenOf(int parent) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0 && StatusOf(id) is { } status && status.Parent == parent)];

    private static bool IsAlive(int id) => StatusOf(id) is { State: not 'Z' };

    private static (char State, int Parent)? StatusOf(int id)
    {
        try
        {
            // "pid (name) state parent …", and the name may hold anything.
            string text = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ', 3);
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task SignalAsync(string signal, IReadOnlyCollection<int> processes)
    {
        if (processes.Count > 0)
        {
            ProcessStartInfo start = new("kill", ["-" + signal, .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardError = true };
            using Process kill = Process.Start(start) ?? throw new InvalidOperationException("kill did not start.");

            // It complains of a process that has ended meanwhile, and that is all the same here.
            await kill.StandardError.ReadToEndAsync().ConfigureAwait(false);
            await kill.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // PostgreSQL refuses to run as root, so root runs it as the user that its package made.
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        bool isRoot = Environment.IsPrivilegedProcess;
        ProcessStartInfo start = new(isRoot ? "runuser" : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/tmp",
        };
        string[] prefix = isRoot ? ["-u", "postgres", "--", program] : [];
        foreach (string argument in prefix.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw new InvalidOperationException($"{program} failed: {await errors.ConfigureAwait(false)}{await output.ConfigureAwait(false)}");
    }
}
