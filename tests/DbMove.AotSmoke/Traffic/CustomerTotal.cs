namespace DbMove.AotSmoke.Traffic;

/// <summary>A customer's orders as the service answers them.</summary>
internal sealed record CustomerTotal(string Customer, int Orders, decimal Total);
