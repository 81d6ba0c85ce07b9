namespace DbMove.Generators.Model;

/// <summary>What must be unique among an assembly's entities.</summary>
internal sealed record EntityName(string WireName, string HintPrefix);
