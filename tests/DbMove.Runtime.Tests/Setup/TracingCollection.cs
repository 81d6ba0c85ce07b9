namespace DbMove.Runtime.Tests.Setup;

/// <summary>Listeners are the process's: tests that listen, or that prove that nobody does, run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TracingCollection
{
    public const string Name = "tracing";
}
