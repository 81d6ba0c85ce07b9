using System.Collections.Concurrent;
using DbMove.Events;

namespace DbMove.Nats.Tests.Connection;

/// <summary>The runtime tells of a task whose failure nobody looked at, whoever began it: beside other tests theirs would be told of too.</summary>
[CollectionDefinition(nameof(UnobservedExceptionTests), DisableParallelization = true)]
[Collection(nameof(UnobservedExceptionTests))]
public sealed class UnobservedExceptionTests
{
    [Fact]
    public async Task No_exception_goes_unobserved()
    {
        // What other tests left behind is told of before.
        Collect();
        ConcurrentQueue<Exception> unobserved = new();
        EventHandler<UnobservedTaskExceptionEventArgs> collect = (_, arguments) => unobserved.Enqueue(arguments.Exception);
        TaskScheduler.UnobservedTaskException += collect;
        try
        {
            await LoseEverythingAsync();
            Collect();
            Assert.True(unobserved.IsEmpty, string.Join(Environment.NewLine, unobserved));
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= collect;
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static async Task LoseEverythingAsync()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker test = TestBroker.Create(server.Url);
        await test.PublishAsync();
        BrokerDelivery held = await test.ReceiveAsync();
        using CancellationTokenSource leaving = new();
        Task[] calls =
        [
            test.Broker.ReceiveAsync(TimeSpan.FromMinutes(5)),
            test.Broker.ReceiveAsync(TimeSpan.FromMinutes(5), leaving.Token),
            test.Broker.PublishAsync([.. Enumerable.Range(0, 5_000).Select(_ => test.NewMessage())]),
        ];
        await leaving.CancelAsync();
        await server.KillAsync();
        await Record.ExceptionAsync(() => held.AcknowledgeAsync());
        foreach (Task call in calls)
        {
            Exception? ended = await Record.ExceptionAsync(() => call.WaitAsync(TimeSpan.FromSeconds(15)));
            Assert.True(ended is null or EventChannelException or OperationCanceledException, ended?.ToString());
        }
    }
}
