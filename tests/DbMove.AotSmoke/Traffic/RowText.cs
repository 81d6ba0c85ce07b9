using System.Globalization;

namespace DbMove.AotSmoke.Traffic;

/// <summary>A row as one text, the same whether it came by HTTP or by plain SQL from whatever engine.</summary>
internal static class RowText
{
    private static readonly string[] s_statuses = ["Placed", "Shipped", "Cancelled"];
    private static readonly string[] s_states = ["Waiting", "Sent", "Arrived"];

    public static string Order(long id, string customer, int status, int lines, decimal total, string? note, DateTimeOffset placedAt, DateTimeOffset updatedAt) =>
        Join(id, customer, s_statuses[status], lines, Money(total), note, Instant(placedAt), Instant(updatedAt));

    public static string Order(OrderView order) =>
        Order(order.Id, order.Customer, Array.IndexOf(s_statuses, order.Status), order.Lines.Count, order.Total, order.Note, order.PlacedAt, order.UpdatedAt);

    public static string Customer(string customer, int orders, decimal total) => Join(customer, orders, Money(total));

    public static string Line(long orderId, int line, string sku, int quantity, decimal unitPrice) => Join(orderId, line, sku, quantity, Money(unitPrice));

    public static string Parcel(
        Guid id, long orderId, int state, bool isFragile, double? weight, DateTimeOffset? sentAt, DateOnly? dueOn, TimeOnly? dueBy, byte[]? seal, string? note) =>
        Join(id, orderId, s_states[state], isFragile, weight?.ToString("R", CultureInfo.InvariantCulture), sentAt is { } at ? Instant(at) : null, dueOn?.ToString("O", CultureInfo.InvariantCulture), dueBy?.ToString("O", CultureInfo.InvariantCulture), seal is null ? null : Convert.ToHexString(seal), note);

    public static string Parcel(ParcelView parcel) =>
        Parcel(parcel.Id, parcel.OrderId, Array.IndexOf(s_states, parcel.State), parcel.IsFragile, parcel.Weight, parcel.SentAt, parcel.DueOn, parcel.DueBy, parcel.Seal, parcel.Note);

    private static string Join(params object?[] values) =>
        string.Join('|', values.Select(value => value is null ? "∅" : Convert.ToString(value, CultureInfo.InvariantCulture)));

    private static string Money(decimal value) => value.ToString("0.00##", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset value) => value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
