using System.Net;
using System.Security.Cryptography;
using DbMove;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quickstart.Shop;

namespace Quickstart.Control;

/// <summary>The migration behind HTTP: on loopback, on a port that the system chooses, for whoever has the random token.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ControlServer(WebApplication app, string token)
    {
        _app = app;
        Token = token;
        Migration = new Uri($"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}/dbmove/{ShopMigration.Name}/");
    }

    /// <summary>Where the migration's URLs begin.</summary>
    public Uri Migration { get; }

    /// <summary>The token. Only for the one who asked to keep the server up.</summary>
    public string Token { get; }

    public static async Task<ControlServer> StartAsync(Migration migration, CancellationToken cancellationToken)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

        // No configuration of the machine: neither its URLs nor its log levels are meant for this server.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));

        // In an application: AddDbMove, which also starts the migration. Here the run does that, with and without a server.
        builder.Services.AddKeyedSingleton(migration.Name, migration);
        builder.Services.AddSingleton<IHostLifetime, RunLifetime>();
        builder.Services.AddSingleton(new TokenAccess(token)).AddTransient<TokenHandler>();
        builder.Services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = TokenHandler.Scheme;
            options.AddScheme<TokenHandler>(TokenHandler.Scheme, displayName: null);
        });
        builder.Services.AddAuthorizationBuilder().AddPolicy(TokenHandler.Policy, policy => policy.RequireAuthenticatedUser());
        WebApplication app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapDbMove("/dbmove").RequireAuthorization(TokenHandler.Policy);
        try
        {
            await app.StartAsync(cancellationToken);
            return new(app, token);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Ctrl+C is the run's business, which ends this server in its turn.</summary>
    private sealed class RunLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
