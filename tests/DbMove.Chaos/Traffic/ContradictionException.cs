namespace DbMove.Chaos.Traffic;

/// <summary>The library's answer cannot be true if everything that it acknowledged before is still there.</summary>
internal sealed class ContradictionException(string message) : Exception(message);
