using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Quickstart.Control;

/// <summary>Lets in who sends <c>Authorization: Bearer &lt;token&gt;</c>.</summary>
internal sealed class TokenHandler(TokenAccess access) : IAuthenticationHandler
{
    public const string Scheme = "Bearer";
    public const string Policy = "operators";
    private HttpContext _context = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync()
    {
        string header = _context.Request.Headers.Authorization.ToString();
        return Task.FromResult(
            header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase) && access.Matches(header[(Scheme.Length + 1)..])
                ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "quickstart")], Scheme)), Scheme))
                : AuthenticateResult.NoResult());
    }

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        _context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        _context.Response.Headers.WWWAuthenticate = Scheme;
        return Task.CompletedTask;
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        _context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
