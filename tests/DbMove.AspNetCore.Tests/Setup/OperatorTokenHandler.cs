using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DbMove.AspNetCore.Tests.Setup;

internal sealed class OperatorTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, IConfiguration settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string expected = "Bearer " + (settings["OperatorToken"] is { Length: >= 16 } token ? token : throw new InvalidOperationException("OperatorToken is missing or shorter than 16 characters."));
        bool isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes(expected));
        ClaimsPrincipal user = new(new ClaimsIdentity([new Claim(ClaimTypes.Name, "operator")], Scheme.Name));
        return Task.FromResult(isRight ? AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name)) : AuthenticateResult.NoResult());
    }
}
