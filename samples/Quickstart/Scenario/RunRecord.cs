using System.Text.Json.Serialization;

namespace Quickstart.Scenario;

/// <summary>What must be known to go on with a run that was interrupted. The stage itself is in DbMove's control tables.</summary>
internal sealed record RunRecord
{
    public required string Source { get; init; }

    public required string Target { get; init; }

    public required int Rows { get; init; }

    public required int Writers { get; init; }

    public required int Seed { get; init; }

    /// <summary>Names of the steps that are done.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];

    /// <summary>Damaged rows that the validation named.</summary>
    public int Found { get; init; }

    /// <summary>Damaged rows that were equal on both sides after the repair.</summary>
    public int Fixed { get; init; }

    /// <summary>Rows that differed between the sides when the last dual stage was left; null until then.</summary>
    public long? Differences { get; init; }

    /// <summary>The longest write across a switch so far.</summary>
    public TimeSpan LongestPause { get; init; }
}

[JsonSerializable(typeof(RunRecord))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class RunJson : JsonSerializerContext;
