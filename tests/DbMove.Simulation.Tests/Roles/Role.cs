using DbMove.Simulation.Tests.Store;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Roles;

/// <summary>What a process does. It outlives the process: after a crash another one goes on with what is left.</summary>
internal abstract class Role(string name)
{
    public string Name { get; } = name;

    public async Task RunAsync(Process process)
    {
        while (HasWork)
        {
            try
            {
                await WorkAsync(process);
            }
            catch (Exception exception) when (exception is DbMoveException or MemoryFailure)
            {
                // Refused, abandoned, out of reach: the next try is the next piece of work.
                Failed(process, exception);
            }
        }
    }

    protected abstract bool HasWork { get; }

    /// <summary>A piece of work. It counts as done when it begins, so that one that always fails comes to an end.</summary>
    protected abstract Task WorkAsync(Process process);

    protected virtual void Failed(Process process, Exception exception)
    {
    }
}
