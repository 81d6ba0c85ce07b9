using System.Globalization;

namespace DbMove.Chaos.Services;

/// <summary>What a service is started with.</summary>
internal sealed record ServiceArguments(string Name, string Source, string Target, string Folder, int Seed, IReadOnlyList<int> Writers, TimeSpan Pace)
{
    public const string Verb = "service";

    public string[] ToArguments() =>
        [Verb, Name, Source, Target, Folder, Seed.ToString(CultureInfo.InvariantCulture), string.Join(',', Writers), Pace.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)];

    public static ServiceArguments Parse(string[] arguments) => new(
        arguments[1], arguments[2], arguments[3], arguments[4], int.Parse(arguments[5], CultureInfo.InvariantCulture),
        [.. arguments[6].Split(',').Select(writer => int.Parse(writer, CultureInfo.InvariantCulture))],
        TimeSpan.FromMilliseconds(double.Parse(arguments[7], CultureInfo.InvariantCulture)));
}
