using System.Text.Json.Serialization;
using OrderService.Orders;
using OrderService.Parcels;

namespace OrderService;

/// <summary>The JSON of every request and response, generated at compile time.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(IReadOnlyList<OrderView>))]
[JsonSerializable(typeof(IReadOnlyList<CustomerTotal>))]
[JsonSerializable(typeof(ParcelRequest))]
[JsonSerializable(typeof(Parcel))]
internal sealed partial class OrderServiceJson : JsonSerializerContext;
