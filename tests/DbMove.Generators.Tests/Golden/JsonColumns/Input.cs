using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DbMove;

namespace Shop.Domain;

public sealed record Address(string Street, string City);

public readonly record struct Point(int X, int Y);

// What the serializer's generator makes of "partial class ShopJson : JsonSerializerContext".
[JsonSerializable(typeof(Address)), JsonSerializable(typeof(Point)), JsonSerializable(typeof(Dictionary<string, string?>))]
internal sealed partial class ShopJson() : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new();

    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

    public override JsonTypeInfo? GetTypeInfo(Type type) => null;
}

[Migratable]
public sealed partial class Customer
{
    public long Id { get; set; }

    [Json<ShopJson>]
    public required Address Address { get; set; }

    [Json<ShopJson>]
    public Address? Billing { get; set; }

    [Json<ShopJson>]
    public Point Place { get; set; }

    [Json<ShopJson>]
    public Point? Former { get; set; }

    [Json<ShopJson>]
    public Dictionary<string, string?> Labels { get; set; } = [];

    // {new column}
}
