using DbMove.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Requests;

/// <summary>The query of a write: <c>dryRun</c>, and nothing else, since a misspelt one would switch in earnest.</summary>
internal static class WriteQuery
{
    /// <exception cref="RefusalException">There is another parameter, or another value.</exception>
    public static bool ReadDryRun(HttpRequest request)
    {
        bool isDryRun = false;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Query)
        {
            isDryRun = name.Equals("dryRun", StringComparison.OrdinalIgnoreCase) && values is [{ } value] && bool.TryParse(value, out bool parsed)
                ? parsed
                : throw RefusalException.BadQuery();
        }

        return isDryRun;
    }
}
