using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DbMove.AotSmoke.Service;

/// <summary>The native service on a free loopback port, in a folder of its own. It ends with this process, however that ends.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly Process _watcher;
    private readonly StringBuilder _log = new();

    private ServiceProcess(Process process, int port)
    {
        _process = process;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        // The end of its input is the end of this process.
        ProcessStartInfo watch = new("sh", ["-c", "cat > /dev/null; kill -KILL \"$1\" 2> /dev/null", "watch", process.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true };
        _watcher = Process.Start(watch) ?? throw new SmokeException("sh did not start");
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to its first response.</summary>
    public TimeSpan FirstResponse { get; private set; }

    /// <summary>What it has said so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Resident memory in MB; null where the system does not tell.</summary>
    public double? ResidentMegabytes
    {
        get
        {
            string status = $"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status";
            string? line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal)) : null;
            return line is null ? null : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    public static async Task<ServiceProcess> StartAsync(string executable, string folder, IReadOnlyDictionary<string, string> configuration)
    {
        int port = FreePort();
        ProcessStartInfo start = new(executable) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in configuration)
        {
            start.Environment[name] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        long began = Stopwatch.GetTimestamp();
        Process process = Process.Start(start) ?? throw new SmokeException($"{executable} did not start");
        ServiceProcess service = new(process, port);
        try
        {
            while (!await AnswersAsync(port))
            {
                SmokeException.Require(!process.HasExited, $"the service ended at once: {service.Log}");
                SmokeException.Require(Stopwatch.GetElapsedTime(began) < s_patience, $"the service did not answer within {s_patience.TotalSeconds:0} s: {service.Log}");
                await Task.Delay(1);
            }

            service.FirstResponse = Stopwatch.GetElapsedTime(began);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to end as an orchestrator does (SIGTERM); it must, in time and in order.</summary>
    public async Task StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using CancellationTokenSource patience = new(s_stopPatience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new SmokeException($"the service did not end within {s_stopPatience.TotalSeconds:0} s of SIGTERM");
        }

        SmokeException.Require(_process.ExitCode == 0, $"the service ended with {_process.ExitCode} after SIGTERM: {Log}");
    }

    public async ValueTask DisposeAsync()
    {
        _watcher.StandardInput.Close();
        await _watcher.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _watcher.Dispose();
        _process.Dispose();
    }

    // A bare socket: the first use of HttpClient compiles for longer than the service needs to start.
    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port);
            await socket.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
            byte[] answer = new byte[64];
            int read = await socket.ReceiveAsync(answer);
            return Encoding.ASCII.GetString(answer, 0, read).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
