using DbMove.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Security;

/// <summary>
/// A page of another origin must not switch with the cookies of an operator who happens to visit it. Browsers say where a
/// request comes from; who says nothing is no browser and carries no cookies of one.
/// </summary>
internal static class CrossOriginRule
{
    /// <exception cref="RefusalException">A browser sent it from another origin.</exception>
    public static void Require(HttpRequest request)
    {
        Microsoft.Extensions.Primitives.StringValues site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            if (site is not ["same-origin" or "none"])
            {
                throw RefusalException.CrossOrigin();
            }

            return;
        }

        // A browser of before 2023, or plain HTTP.
        Microsoft.Extensions.Primitives.StringValues origin = request.Headers.Origin;
        if (origin.Count > 0 && (origin is not [{ } only] || !Uri.TryCreate(only, UriKind.Absolute, out Uri? from) || !IsSame(from, request)))
        {
            throw RefusalException.CrossOrigin();
        }
    }

    private static bool IsSame(Uri from, HttpRequest request) =>
        string.Equals(from.Authority, request.Host.ToUriComponent(), StringComparison.OrdinalIgnoreCase)
        || (from.IsDefaultPort && request.Host.Port == from.Port && string.Equals(from.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase));
}
