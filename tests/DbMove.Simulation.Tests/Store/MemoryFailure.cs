using DbMove.Dialects;

namespace DbMove.Simulation.Tests.Store;

/// <summary>An error that the server, or the way to it, answers with.</summary>
internal sealed class MemoryFailure(FailureKind kind, string message) : Exception(message)
{
    public FailureKind Kind { get; } = kind;
}
