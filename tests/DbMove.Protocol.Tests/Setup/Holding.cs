namespace DbMove.Protocol.Tests.Setup;

/// <summary>What an owner holds.</summary>
public sealed record Holding(string Owner, long TotalHeld, int Accounts, string? Email);
