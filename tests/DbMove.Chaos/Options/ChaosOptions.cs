using System.Globalization;

namespace DbMove.Chaos.Options;

/// <summary>What the runner is asked for.</summary>
internal sealed record ChaosOptions
{
    public const string Usage = """
        DbMove.Chaos: breaks services and servers under load and holds both sides against the writers' ledgers.
          --scenario NAME   chaos (default), target-down or soak
          --minutes M       length of the load; chaos 2, soak 10
          --seconds S       target-down: how long the target is away; 60
          --seed N          chaos: the whole schedule of faults follows from it; 1
          --frozen          target-down: the target stands still instead of being killed
          --keep            keeps ledgers and logs of a run that passed, too
        """;

    public string Scenario { get; private set; } = "chaos";

    public double? Minutes { get; private set; }

    public double Seconds { get; private set; } = 60;

    public int Seed { get; private set; } = 1;

    public bool IsFrozen { get; private set; }

    public bool Keeps { get; private set; }

    /// <summary>Reads the command line; null: it cannot be understood.</summary>
    public static ChaosOptions? Parse(string[] arguments)
    {
        ChaosOptions options = new();
        for (int index = 0; index < arguments.Length; index++)
        {
            string? value = arguments.ElementAtOrDefault(index + 1);
            switch (arguments[index])
            {
                case "--scenario" when value is "chaos" or "target-down" or "soak":
                    (options.Scenario, index) = (value, index + 1);
                    break;
                case "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out double minutes) && minutes is >= 0.5 and <= 600:
                    (options.Minutes, index) = (minutes, index + 1);
                    break;
                case "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 1 and <= 3600:
                    (options.Seconds, index) = (seconds, index + 1);
                    break;
                case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out int seed):
                    (options.Seed, index) = (seed, index + 1);
                    break;
                case "--frozen":
                    options.IsFrozen = true;
                    break;
                case "--keep":
                    options.Keeps = true;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
