using System.Text.Json.Serialization;

namespace Quickstart.Ledger;

/// <summary>One line of the ledger. Every write has a <c>begin</c> and then <c>done</c>, <c>failed</c> or <c>unknown</c>; a killed process leaves begins alone.</summary>
internal sealed record LedgerEntry
{
    public const string Begin = "begin";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Unknown = "unknown";

    /// <summary>The write's number, from 1 on.</summary>
    public required long Write { get; init; }

    public required int Writer { get; init; }

    public required string Phase { get; init; }

    public required string Operation { get; init; }

    public required IReadOnlyList<LedgerRow> Rows { get; init; }
}

[JsonSerializable(typeof(LedgerEntry))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
internal sealed partial class LedgerJson : JsonSerializerContext;
