using System.Globalization;
using DbMove.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Requests;

/// <summary>The epoch that a caller saw: <c>If-Match: "3"</c>, as the ETag of a status or a switch gave it.</summary>
internal static class EpochCondition
{
    /// <returns>Null: none, or <c>*</c>, which any epoch meets.</returns>
    /// <exception cref="RefusalException">It is no epoch: weak, a list, not in quotes, not a number.</exception>
    public static long? Read(HttpRequest request)
    {
        Microsoft.Extensions.Primitives.StringValues values = request.Headers.IfMatch;
        return values switch
        {
            [] => null,
            ["*"] => null,
            [['"', .. var number, '"']] when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
                && epoch.ToString(CultureInfo.InvariantCulture) == number => epoch,
            _ => throw RefusalException.BadIfMatch(),
        };
    }
}
