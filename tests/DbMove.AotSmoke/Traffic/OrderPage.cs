namespace DbMove.AotSmoke.Traffic;

/// <summary>A page of orders as the service answers it.</summary>
internal sealed record OrderPage(IReadOnlyList<OrderView> Orders, long? Next);
