namespace OrderService.Orders;

/// <summary>Orders by number. <paramref name="Next"/> is the <c>after</c> of the following page; null: this is the last.</summary>
internal sealed record OrderPage(IReadOnlyList<OrderView> Orders, long? Next);
