using DbMove.Telemetry;

namespace DbMove.Crash.Tests;

public sealed class CoverageTests
{
    [Fact]
    public void Every_point_has_a_cell() => Assert.Equal(ProbePoint.All.Order(), Cells.Points.Distinct().Order());
}
