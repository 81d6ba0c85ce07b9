using DbMove.Dialects;
using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Dialect;

/// <summary>A statement or a commit of a session: runs step by step, and ends with a value.</summary>
internal sealed class SessionOperation<T>(Actor actor, string label, MemorySession session, Func<SessionOperation<T>, bool> run) : Operation(actor, label)
{
    private readonly TaskCompletionSource<T> _source = new();

    public T Value { get; set; } = default!;

    public Task<T> Task => _source.Task;

    public override bool TryRun() => session.TryRun(this, () => run(this));

    public override Exception TimeOut()
    {
        MemoryFailure failure = new(FailureKind.Availability, "the lock time-out is over");
        session.Doom();
        return failure;
    }

    public override void Complete() => _source.SetResult(Value);

    public override void Fail(Exception exception) => _source.SetException(exception);
}
