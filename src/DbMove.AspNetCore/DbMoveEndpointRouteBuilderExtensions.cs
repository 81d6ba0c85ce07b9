using System.Diagnostics.CodeAnalysis;
using DbMove;
using DbMove.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps DbMove's control plane.</summary>
public static class DbMoveEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints that show and drive every migration of the container: <c>GET {migration}/health</c>, <c>stats</c>,
    /// <c>status</c>, and <c>POST {migration}/src_only</c> and so on. While there is one migration they are there without its name too.
    /// </summary>
    /// <param name="endpoints">Where to map them.</param>
    /// <param name="prefix">What stands before the migration's name. Default <c>/dbmove</c>.</param>
    /// <returns>
    /// The endpoints, for conventions: <c>MapDbMove().RequireAuthorization("operators")</c> sets the policy of reads and writes,
    /// <see cref="ControlEndpoints.Reads"/> and <see cref="ControlEndpoints.Writes"/> one of their own.
    /// </returns>
    /// <remarks>
    /// Danger: what writes here moves the authority over live data. Every write is refused with 403 until an authorization
    /// policy is set on the endpoints (or on a group around them). A fallback policy does not count, and with
    /// <c>AllowAnonymous</c> writes stay refused. Reads are open until a policy is set; they show no connection strings, no
    /// addresses and no driver's messages.
    /// </remarks>
    public static ControlEndpoints MapDbMove(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "/dbmove")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        return ControlRoutes.Map(endpoints, prefix);
    }
}
