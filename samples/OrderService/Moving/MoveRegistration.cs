using DbMove;
using Microsoft.Extensions.Options;
using OrderService.Databases;

namespace OrderService.Moving;

/// <summary>The migration: which tables go, from where to where.</summary>
internal static class MoveRegistration
{
    /// <summary>Its name, in URLs, metrics and control tables. It never changes.</summary>
    public const string Name = "orders";

    public static void AddMove(this IServiceCollection services)
    {
        services.AddOptions<MoveOptions>()
            .BindConfiguration(MoveOptions.Section)
            .Validate(
                static options => string.IsNullOrEmpty(options.OperatorToken) || options.OperatorToken.Length >= MoveOptions.ShortestToken,
                $"The configuration's {MoveOptions.Section}:{nameof(MoveOptions.OperatorToken)} has fewer than {MoveOptions.ShortestToken} characters. Take a random one, for instance of 'openssl rand -hex 32'.")
            .ValidateOnStart();
        services.AddDbMove(
            Name,
            static move => move.AddOrderServiceEntities(),
            static (provider, move) =>
            {
                ShopDatabases databases = provider.GetRequiredService<ShopDatabases>();
                databases.Source.AddTo(move);
                databases.Target.AddTo(move);
                MoveOptions options = provider.GetRequiredService<IOptions<MoveOptions>>().Value;
                move.Options.PollInterval = options.PollInterval;
                if (!string.IsNullOrEmpty(options.Nats))
                {
                    move.UseNats(options.Nats);
                }
            });
    }
}
