namespace DbMove.Simulation.Tests.Engine;

/// <summary>Work that goes on in the background, at its beginning: the simulator chooses when it goes on.</summary>
internal sealed class Arrival(Actor actor) : Operation(actor, "background")
{
    private readonly TaskCompletionSource _source = new();

    public Task Task => _source.Task;

    public override bool TryRun() => true;

    public override Exception TimeOut() => throw new InvalidOperationException("It waits for no lock.");

    public override void Complete() => _source.SetResult();

    public override void Fail(Exception exception) => _source.SetException(exception);
}
