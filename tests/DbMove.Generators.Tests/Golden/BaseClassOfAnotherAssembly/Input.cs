using System.ComponentModel.DataAnnotations.Schema;
using DbMove;
using Shop.Library;

namespace Shop.Domain;

[Migratable, Table("parcels")]
public sealed partial class Parcel : TrackedRow
{
    public decimal Weight { get; set; }

    public override string Label { get; set; } = "";

    // {new column}
}
