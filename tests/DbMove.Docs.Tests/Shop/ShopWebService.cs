using DbMove;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Shop;

/// <summary>The web service of the README. Lines that end in <c>// readme:skip</c> are not shown there.</summary>
internal static class ShopWebService
{
    /// <summary>Whoever has the token is an operator.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, string oldFile, string newFile)
    {
        builder.Services.AddAuthentication(TokenHandler.Scheme).AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Scheme, null);

        // readme:control
        builder.Services.AddDbMove("orders", move => move
            .FromSqlite(oldFile).ToSqlite(newFile)
            .Configure(options => options.Gate.MinimumTimeInStage = TimeSpan.Zero) // There is one instance here. readme:skip
            .AddEntity<Order>()
            .UseNats(builder.Configuration["Nats"]!));          // such as nats://user:password@events:4222
        builder.Services.AddHealthChecks().AddDbMove();
        builder.Services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireRole("operator"));
        WebApplication app = builder.Build();
        app.MapDbMove("/dbmove").RequireAuthorization("operators");
        app.MapHealthChecks("/healthz");
        // readme:end
        return app;
    }
}
