using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Members that are stored in another form than they have in code.</summary>
[Migratable, Table("parcel")]
public sealed partial record Parcel
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public ParcelId Id { get; init; }

    [Column("sku")]
    public Sku Sku { get; init; }

    /// <summary>A member that checks its value.</summary>
    [Column("substitute")]
    public Sku? Substitute { get; init => field = value is { Text: "!" } ? throw new ArgumentException("An article has a name.", nameof(value)) : value; }

    [Column("carriage"), TargetColumn("way"), StoreAsText]
    public Carriage Carriage { get; init; }

    [Column("planned"), StoreAsText]
    public Carriage? Planned { get; init; }

    [Column("price"), Convert<CentsConverter>]
    public decimal Price { get; init; }

    [Column("deposit"), Convert<CentsConverter>]
    public decimal? Deposit { get; init; }

    [Column("tracking"), Convert<UriConverter>]
    public Uri? Tracking { get; init; }

    [Column("address"), Json<AddressJson>]
    public Address? Address { get; init; }

    [Column("labels"), Json<AddressJson>]
    public Dictionary<string, double>? Labels { get; init; }
}

public readonly record struct ParcelId(long Value);

public readonly record struct Sku(string Text);

public enum Carriage : byte
{
    Road = 1,
    Rail,
    Train = Rail,
}

public sealed class CentsConverter : IValueConverter<decimal, long>
{
    public static long ToStored(decimal value) => checked((long)decimal.Round(value * 100));

    public static decimal FromStored(long stored) => stored / 100m;
}

public sealed class UriConverter : IValueConverter<Uri, string>
{
    static string IValueConverter<Uri, string>.ToStored(Uri value) => value.OriginalString;

    static Uri IValueConverter<Uri, string>.FromStored(string stored) => new(stored, UriKind.Absolute);
}

/// <summary>A type that checks its values: a city without a name is refused, and that there is one taken for granted.</summary>
public sealed record Address(string Street, string City)
{
    public string City { get; init; } = City.Length > 0 ? City : throw new ArgumentException("A city has a name.", nameof(City));
}

/// <summary>JSON by the serializer's generated code: no reflection.</summary>
[JsonSerializable(typeof(Address)), JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class AddressJson : JsonSerializerContext;
