namespace Quickstart.Traffic;

/// <summary>The migration did something that it must not: what was acknowledged is not there, or something else is.</summary>
internal sealed class WrongResultException(string message) : Exception(message);
