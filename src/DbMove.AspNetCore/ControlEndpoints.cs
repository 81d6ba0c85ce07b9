using Microsoft.AspNetCore.Builder;

namespace DbMove;

/// <summary>The mapped endpoints of the control plane. A convention that is added here applies to all of them.</summary>
public sealed class ControlEndpoints : IEndpointConventionBuilder
{
    internal ControlEndpoints(IEndpointConventionBuilder reads, IEndpointConventionBuilder writes) => (Reads, Writes) = (reads, writes);

    /// <summary>What shows and changes nothing: <c>health</c>, <c>stats</c>, <c>status</c>. Open until a policy is set.</summary>
    public IEndpointConventionBuilder Reads { get; }

    /// <summary>What drives a migration: every <c>POST</c>. Refused until a policy is set.</summary>
    public IEndpointConventionBuilder Writes { get; }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention)
    {
        Reads.Add(convention);
        Writes.Add(convention);
    }

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention)
    {
        Reads.Finally(finallyConvention);
        Writes.Finally(finallyConvention);
    }
}
