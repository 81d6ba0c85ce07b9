namespace DbMove;

/// <summary>One named condition of the gate.</summary>
/// <param name="Name">Its name on the wire, such as <c>backfill_complete</c>.</param>
/// <param name="IsMet">Whether it holds.</param>
/// <param name="Detail">Its figure in words.</param>
public sealed record GateCondition(string Name, bool IsMet, string Detail);
