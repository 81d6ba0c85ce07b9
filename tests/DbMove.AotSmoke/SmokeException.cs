namespace DbMove.AotSmoke;

/// <summary>The smoke test's own finding.</summary>
internal sealed class SmokeException(string message) : Exception(message);
