using System.Text.Json.Serialization;
using DbMove.AspNetCore.Answers;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Problems;

/// <summary>Problem details (RFC 9457). Its texts are DbMove's own: what an exception says stays in the log.</summary>
/// <param name="Name">The last part of its type, and its heading in the documentation.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What kind of problem.</param>
/// <param name="Detail">This one, and the remedy.</param>
internal sealed record Problem([property: JsonIgnore] string Name, int Status, string Title, string Detail)
{
    private const string Types = "https://github.com/dbmove/dbmove/blob/main/docs/control.md#";

    public string Type => Types + Name;

    /// <summary>The present stage's wire name.</summary>
    public string? Stage { get; init; }

    /// <summary>The present epoch.</summary>
    public long? Epoch { get; init; }

    /// <summary>The side that is out of reach.</summary>
    public string? Side { get; init; }

    /// <summary>The migrations that there are.</summary>
    public IReadOnlyList<string>? Migrations { get; init; }

    /// <summary>Every condition of a closed gate.</summary>
    public IReadOnlyList<ConditionAnswer>? Conditions { get; init; }

    /// <summary>Seconds after which the same again may succeed.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (Epoch is { } epoch)
        {
            JsonAnswer.SetEpoch(context, epoch);
        }

        return JsonAnswer.WriteAsync(context, this, ProblemsJson.Default.Problem, "application/problem+json");
    }
}
