using System.Reflection;
using DbMove.Telemetry;

namespace DbMove.Runtime.Tests.Telemetry;

public sealed class ProbePointTests
{
    [Fact]
    public void The_list_holds_every_point_once_and_by_its_group()
    {
        (string Name, string Point)[] points =
        [
            .. typeof(ProbePoint).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
                .Select(field => (field.Name, (string)field.GetRawConstantValue()!)),
        ];
        Assert.Equal(points.Select(point => point.Point), ProbePoint.All);
        Assert.Distinct(ProbePoint.All);
        Assert.All(points, point => Assert.Equal(point.Name, string.Concat(point.Point.Split('.', '_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))));
    }

    [Fact]
    public async Task A_point_at_which_nobody_listens_is_passed_at_once_and_costs_no_memory()
    {
        ProbePoints probes = new();
        ValueTask passed = probes.ReachAsync(ProbePoint.WriteExecuted, TestContext.Current.CancellationToken);
        Assert.True(passed.IsCompletedSuccessfully);
        await passed;

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
        {
            if (!probes.ReachAsync(ProbePoint.WriteExecuted, CancellationToken.None).IsCompletedSuccessfully)
            {
                Assert.Fail("It was waited for.");
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Who_listens_is_told_the_point_and_holds_who_passes()
    {
        ProbePoints probes = new();
        TaskCompletionSource held = new();
        string? told = null;
        probes.Handler = (point, _) =>
        {
            told = point;
            return new ValueTask(held.Task);
        };
        ValueTask passing = probes.ReachAsync(ProbePoint.SwitchPrepared, TestContext.Current.CancellationToken);
        Assert.Equal("switch.prepared", told);
        Assert.False(passing.IsCompleted);
        held.SetResult();
        await passing;
    }
}
