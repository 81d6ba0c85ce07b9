using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>A composite key of value objects, one of them over an enum, one over a text.</summary>
[Migratable, Table("stop")]
public sealed partial record Stop(
    [property: Key, Column("parcel_id", Order = 1)] ParcelId Parcel,
    [property: Key, Column("way", Order = 2)] Leg Leg,
    [property: Key, Column("place", Order = 3)] Sku Place,
    [property: Column("note")] string? Note);

public readonly record struct Leg(Carriage Carriage);
