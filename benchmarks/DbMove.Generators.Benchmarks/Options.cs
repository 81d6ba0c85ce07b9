using System.Globalization;

namespace DbMove.Generators.Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="Entities">Entities in the project that is edited.</param>
/// <param name="Lines">Lines of ordinary code that are compiled.</param>
/// <param name="Repetitions">Measured rounds.</param>
/// <param name="Warmups">Rounds before that are thrown away.</param>
/// <param name="Limit">How long a part may begin new rounds: on a machine that is too slow or too busy fewer are measured, and the results say how many.</param>
internal sealed record Options(int Entities, int Lines, int Repetitions, int Warmups, TimeSpan Limit)
{
    /// <summary>The short form repeats less, and compiles a fifth of the code.</summary>
    public static Options Parse(string[] arguments) => arguments is ["--short", ..]
        ? new(1_000, 20_000, 3, 1, TimeSpan.FromMinutes(2))
        : new(1_000, 100_000, 7, 2, TimeSpan.FromMinutes(15));

    /// <summary>The rounds' numbers, those below zero to warm up; at least one is measured.</summary>
    public IEnumerable<int> Rounds(string part)
    {
        long start = TimeProvider.System.GetTimestamp();
        for (int round = -Warmups; round < Repetitions; round++)
        {
            TimeSpan taken = TimeProvider.System.GetElapsedTime(start);
            if (round > 0 && taken > Limit)
            {
                yield break;
            }

            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part}: round {round + Warmups + 1} of {Warmups + Repetitions} after {taken.TotalSeconds:0} s"));
            yield return round;
        }
    }
}
