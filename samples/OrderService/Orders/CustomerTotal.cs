namespace OrderService.Orders;

/// <summary>What a customer has ordered and not cancelled.</summary>
public sealed record CustomerTotal(string Customer, int Orders, decimal Total);
