using Microsoft.AspNetCore.Authentication;

namespace OrderService.Access;

/// <summary>Who may see and steer the migration.</summary>
internal static class OperatorAccess
{
    /// <summary>The policy of everything under <c>/dbmove</c>.</summary>
    public const string Policy = "operators";

    public static void AddOperatorAccess(this IServiceCollection services)
    {
        // The core alone: what AddAuthentication brings besides is for cookies, and would keep keys on the disk.
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = OperatorTokenHandler.SchemeName;
            options.AddScheme<OperatorTokenHandler>(OperatorTokenHandler.SchemeName, displayName: null);
        });
        services.AddSingleton<OperatorToken>().AddTransient<OperatorTokenHandler>();
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireAuthenticatedUser());
    }
}
