using Xunit;

namespace DbMove.Tests.Servers;

/// <summary>
/// A private nats-server with JetStream for one test run, open to everybody. Without the program, tests are skipped on a
/// developer's machine and fail in CI. Use it as an assembly fixture. A test that stops, kills or configures a server starts
/// its own with <see cref="NatsServerProcess.CreateAsync"/>.
/// </summary>
public sealed class NatsServer : IAsyncLifetime
{
    private NatsServerProcess? _process;

    /// <summary>The server.</summary>
    public NatsServerProcess Process
    {
        get
        {
            NatsServerBinary.Require();
            return _process ?? throw new InvalidOperationException("The server is not started yet.");
        }
    }

    /// <summary>Its address.</summary>
    public string Url => Process.Url;

    public async ValueTask InitializeAsync()
    {
        if (NatsServerBinary.Find() is not null)
        {
            _process = await NatsServerProcess.CreateAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }
    }
}
