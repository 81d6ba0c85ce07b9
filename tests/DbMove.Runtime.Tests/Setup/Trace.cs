using System.Collections.Concurrent;
using System.Diagnostics;

namespace DbMove.Runtime.Tests.Setup;

/// <summary>Every activity of the source <c>DbMove</c> that ends while this listens, in order.</summary>
internal sealed class Trace : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public Trace()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "DbMove",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<Activity> All => _ended;

    public Activity One(string name) => Assert.Single(Named(name));

    public IReadOnlyList<Activity> Named(string name) => [.. _ended.Where(activity => activity.OperationName == name)];

    public void Dispose() => _listener.Dispose();
}
