using System.ComponentModel.DataAnnotations;
using OrderService.Validation;

namespace OrderService.Parcels;

/// <summary>A parcel as a caller describes it; its key is in the address.</summary>
public sealed record ParcelRequest
{
    [Range(1, long.MaxValue)]
    public required long OrderId { get; init; }

    [EnumDataType(typeof(ParcelState))]
    public ParcelState State { get; init; }

    public bool IsFragile { get; init; }

    /// <summary>In kilograms.</summary>
    [Range(0.0, 10_000.0)]
    public double? Weight { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateOnly? DueOn { get; init; }

    public TimeOnly? DueBy { get; init; }

    /// <summary>The seal's print, in base 64.</summary>
    [Count(1, 256)]
    public byte[]? Seal { get; init; }

    [StringLength(2000)]
    public string? Note { get; init; }

    internal Parcel ToParcel(Guid id) => new()
    {
        Id = id,
        OrderId = OrderId,
        State = State,
        IsFragile = IsFragile,
        Weight = Weight,
        SentAt = SentAt,
        DueOn = DueOn,
        DueBy = DueBy,
        Seal = Seal,
        Note = Note,
    };
}
