using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace OrderService.Parcels;

/// <summary>What is sent for an order. The caller makes its key, so a call that was repeated makes no second parcel.</summary>
[Migratable, Table("parcels")]
public sealed partial record Parcel
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.None)]
    public Guid Id { get; init; }

    [Column("order_id")]
    public long OrderId { get; init; }

    [Column("state")]
    public ParcelState State { get; init; }

    [Column("is_fragile"), TargetColumn("fragile")]
    public bool IsFragile { get; init; }

    [Column("weight")]
    public double? Weight { get; init; }

    [Column("sent_at")]
    public DateTimeOffset? SentAt { get; init; }

    [Column("due_on")]
    public DateOnly? DueOn { get; init; }

    [Column("due_by")]
    public TimeOnly? DueBy { get; init; }

    [Column("seal")]
    public byte[]? Seal { get; init; }

    [Column("note")]
    public string? Note { get; init; }
}
