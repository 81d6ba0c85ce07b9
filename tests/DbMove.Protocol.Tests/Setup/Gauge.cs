using System.ComponentModel.DataAnnotations;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>An entity that is a struct; its table has its name.</summary>
[Migratable]
public partial record struct Gauge
{
    [Key]
    public long Id { get; init; }

    public double Value { get; init; }

    public string? Note { get; init; }
}
