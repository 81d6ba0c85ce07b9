using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.AotSmoke.Entities;

/// <summary>A record with a column of nearly every type: each is its own generic code in a native binary.</summary>
[Migratable, Table("parcels")]
public sealed partial record Parcel
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None), Column("id")]
    public Guid Id { get; init; }

    [Column("state")]
    public ParcelState State { get; init; }

    [Column("is_fragile")]
    public bool IsFragile { get; init; }

    [Column("weight")]
    public double? Weight { get; init; }

    [Column("sent_at")]
    public DateTimeOffset SentAt { get; init; }

    [Column("due_on")]
    public DateOnly? DueOn { get; init; }

    [Column("seal")]
    public byte[]? Seal { get; init; }

    [Column("note")]
    public string? Note { get; init; }
}
