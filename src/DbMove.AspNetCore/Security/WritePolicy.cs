using DbMove.AspNetCore.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DbMove.AspNetCore.Security;

/// <summary>
/// Writes need a policy of their own. A fallback policy is not one: it says who may use the service, not who may move its
/// data. The policy is asked here once more, so that a pipeline without the authorization middleware refuses too.
/// </summary>
internal static class WritePolicy
{
    /// <exception cref="RefusalException">No policy is set, or the caller does not meet it.</exception>
    public static async Task RequireAsync(HttpContext context)
    {
        EndpointMetadataCollection metadata = context.GetEndpoint()?.Metadata ?? EndpointMetadataCollection.Empty;
        IReadOnlyList<IAuthorizeData> data = metadata.GetOrderedMetadata<IAuthorizeData>();
        IReadOnlyList<AuthorizationPolicy> policies = metadata.GetOrderedMetadata<AuthorizationPolicy>();
        if (metadata.GetMetadata<IAllowAnonymous>() is not null || (data.Count == 0 && policies.Count == 0))
        {
            throw RefusalException.NoPolicy();
        }

        if (context.RequestServices.GetService<IAuthorizationPolicyProvider>() is not { } provider
            || context.RequestServices.GetService<IAuthorizationService>() is not { } authorization
            || await AuthorizationPolicy.CombineAsync(provider, data, policies).ConfigureAwait(false) is not { } policy
            || !(await authorization.AuthorizeAsync(context.User, context, policy).ConfigureAwait(false)).Succeeded)
        {
            throw RefusalException.NotAllowed();
        }
    }
}
