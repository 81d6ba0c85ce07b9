using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DbMove.Tests.Servers;

/// <summary>
/// A nats-server with JetStream on a loopback port of its own, its store in a folder of its own. It keeps port and store when it
/// is started again. Removed, with its store, when it is disposed of or when this process ends, however it ends.
/// </summary>
public sealed class NatsServerProcess : IAsyncDisposable
{
    private static readonly HttpClient s_monitor = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly string _program;
    private readonly string _folder;
    private readonly Process _watcher;
    private Process? _server;

    private NatsServerProcess(string program, string folder, string configuration)
    {
        (_program, _folder, Configuration) = (program, folder, configuration);
        _watcher = StartWatcher(folder);
    }

    /// <summary>The client port.</summary>
    public int Port { get; private set; }

    /// <summary>The port of the monitoring pages.</summary>
    public int MonitorPort { get; private set; }

    /// <summary>The address, without user and password.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{Port}");

    /// <summary>
    /// What stands in the configuration file beside ports and store, in nats-server's own words, such as
    /// <c>authorization { user: a, password: b }</c>. A change counts from the next start, or from <see cref="ReloadAsync"/>.
    /// </summary>
    public string Configuration { get; set; }

    /// <summary>What the server has logged so far.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(_folder, "log");

    private string PidFile => Path.Combine(_folder, "pid");

    /// <summary>Starts a server; returns when it is ready.</summary>
    /// <param name="configuration">See <see cref="Configuration"/>. Default: everybody may do everything.</param>
    public static async Task<NatsServerProcess> CreateAsync(string configuration = "")
    {
        NatsServerProcess server = new(NatsServerBinary.Require(), Directory.CreateTempSubdirectory("dbmove-nats-").FullName, configuration);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                (server.Port, server.MonitorPort) = (FreePort(), FreePort());
                await server.StartAsync().ConfigureAwait(false);
                return server;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                // Somebody else took a port in between.
            }
            catch
            {
                await server.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Starts the server again, on the same ports and store; returns when it is ready.</summary>
    public async Task StartAsync()
    {
        WriteConfiguration();

        // A session of its own: an interrupt on the terminal is for the tests, which then end the server.
        _server = Start("setsid", _program, "-c", Path.Combine(_folder, "server.conf"));
        Stopwatch waited = Stopwatch.StartNew();
        while (!await IsReadyAsync().ConfigureAwait(false))
        {
            if (_server.HasExited || waited.Elapsed > TimeSpan.FromSeconds(30))
            {
                await KillAsync().ConfigureAwait(false);
                throw new InvalidOperationException($"nats-server did not start: {Log}");
            }

            await Task.Delay(20).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the server as a crash would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            server.Kill();
            await server.WaitForExitAsync().ConfigureAwait(false);
            server.Dispose();
        }
    }

    /// <summary>Ends the server in good order (SIGTERM).</summary>
    public async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await SignalAsync("TERM", server).ConfigureAwait(false);
            await server.WaitForExitAsync().ConfigureAwait(false);
            server.Dispose();
        }
    }

    /// <summary>The server stands still (SIGSTOP): its connections stay up and nothing is answered.</summary>
    public Task FreezeAsync() => SignalAsync("STOP", Running);

    /// <summary>The server goes on (SIGCONT).</summary>
    public Task ThawAsync() => SignalAsync("CONT", Running);

    /// <summary>The running server reads <see cref="Configuration"/> (SIGHUP). Returns when it has.</summary>
    public async Task ReloadAsync()
    {
        WriteConfiguration();
        int before = Log.Split("Reloaded server configuration").Length;
        await SignalAsync("HUP", Running).ConfigureAwait(false);
        Stopwatch waited = Stopwatch.StartNew();
        while (Log.Split("Reloaded server configuration").Length == before)
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(10))
            {
                throw new InvalidOperationException($"nats-server did not read its configuration again: {Log}");
            }

            await Task.Delay(20).ConfigureAwait(false);
        }
    }

    /// <summary>Kills the server and removes its store.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _watcher.StandardInput.Close();
        await _watcher.WaitForExitAsync().ConfigureAwait(false);
        _watcher.Dispose();
    }

    private Process Running => _server ?? throw new InvalidOperationException("The server does not run.");

    private static Process Start(params string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardInput = true };
        return Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
    }

    private static async Task SignalAsync(string signal, Process server)
    {
        using Process kill = Start("kill", "-" + signal, server.Id.ToString(CultureInfo.InvariantCulture));
        await kill.WaitForExitAsync().ConfigureAwait(false);
    }

    // Sees the end of this process, however it ends, as the end of its input: a run that is killed leaves no server behind.
    private static Process StartWatcher(string folder)
    {
        const string Script = """
            cat > /dev/null
            if [ -f "$1/pid" ]; then
                pid=$(cat "$1/pid")
                if grep -qs "$1" "/proc/$pid/cmdline" || [ ! -d /proc/self ]; then kill -KILL "$pid"; fi
            fi
            rm -rf "$1"
            """;
        return Start("setsid", "sh", "-c", Script, "watch", folder);
    }

    // Below the ports that systems hand out by themselves: while the server is down, its port must not become somebody's own
    // end of a connection, least of all of the very client that tries to reach it.
    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(10_000, 32_000);
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }

    private void WriteConfiguration() => File.WriteAllText(Path.Combine(_folder, "server.conf"), string.Create(CultureInfo.InvariantCulture, $$"""
        listen: "127.0.0.1:{{Port}}"
        http: "127.0.0.1:{{MonitorPort}}"
        log_file: "{{LogFile}}"
        pid_file: "{{PidFile}}"
        jetstream { store_dir: "{{Path.Combine(_folder, "store")}}" }
        {{Configuration}}

        """));

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using HttpResponseMessage answer = await s_monitor
                .GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{MonitorPort}/healthz?js-enabled-only=true")))
                .ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
