using System;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

public enum State
{
    Open,
    Paid,
}

[Migratable, Table("documents")]
public sealed partial record Document
{
    public long Id { get; init; }

    [Timestamp, Column("row_version")]
    public int Version { get; init; }

    [ConcurrencyCheck]
    public DateTimeOffset? ApprovedAt { get; init; }

    [ConcurrencyCheck, StoreAsText]
    public State State { get; init; }

    public required string Title { get; init; }

    // {new column}
}
