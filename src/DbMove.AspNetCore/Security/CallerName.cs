using System.Security.Claims;

namespace DbMove.AspNetCore.Security;

/// <summary>Who a caller is, for the audit and the log: one short line, whatever the identity provider says.</summary>
internal static class CallerName
{
    private const int Longest = 200;

    public static string Of(ClaimsPrincipal user)
    {
        string? name = user.Identity is { IsAuthenticated: true } identity
            ? identity.Name ?? user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? user.FindFirst("sub")?.Value
            : null;
        return string.IsNullOrWhiteSpace(name)
            ? "unnamed"
            : string.Create(Math.Min(name.Length, Longest), name, static (text, from) =>
            {
                for (int i = 0; i < text.Length; i++)
                {
                    text[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
                }
            });
    }
}
