namespace DbMove.AotSmoke.Traffic;

/// <summary>An order's line as the service answers it.</summary>
internal sealed record LineView(int Line, string Sku, short Quantity, decimal UnitPrice);
