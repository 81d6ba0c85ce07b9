namespace DbMove.Nats.Tests.Servers;

/// <summary>The fixture itself: what the other tests take for granted.</summary>
public sealed class NatsServerProcessTests
{
    [Fact]
    public async Task A_killed_server_comes_back_on_its_port()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        int port = server.Port;
        await server.KillAsync();
        await server.StartAsync();
        await server.StopAsync();
        await server.StartAsync();
        Assert.Equal(port, server.Port);
        Assert.Contains("Server is ready", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_is_read_again()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        server.Configuration = "authorization { user: a, password: b }";
        await server.ReloadAsync();
        Assert.Contains("Reloaded: authorization", server.Log, StringComparison.Ordinal);
    }
}
