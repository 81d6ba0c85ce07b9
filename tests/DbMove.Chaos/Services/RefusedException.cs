namespace DbMove.Chaos.Services;

/// <summary>The service answered a command with an error.</summary>
internal sealed class RefusedException(string answer) : Exception(answer);
