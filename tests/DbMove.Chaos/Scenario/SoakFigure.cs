using System.Globalization;

namespace DbMove.Chaos.Scenario;

/// <summary>One figure over the time of a soak: medians of ten seconds, so that one sample decides nothing.</summary>
internal sealed class SoakFigure(string name, double unit)
{
    private readonly List<double> _points = [];
    private readonly List<double> _window = [];

    public string Name => name;

    public void Add(double value)
    {
        _window.Add(value / unit);
        if (_window.Count == 10)
        {
            _window.Sort();
            _points.Add(_window[5]);
            _window.Clear();
        }
    }

    public double First => Most(_points.Take(_points.Count / 2));

    public double Second => Most(_points.Skip(_points.Count / 2));

    /// <summary>The second half's maximum by the first half's.</summary>
    public double Ratio => First == 0 ? Second == 0 ? 1 : double.PositiveInfinity : Second / First;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{name}={First:0.#}/{Second:0.#}");

    private static double Most(IEnumerable<double> points) => points.DefaultIfEmpty(double.NaN).Max();
}
