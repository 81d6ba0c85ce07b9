using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OrderService.Orders;

/// <summary>Orders over HTTP.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder orders = app.MapGroup("/orders");
        orders.MapPost("/", PlaceAsync);
        orders.MapGet("/", ListAsync);
        orders.MapGet("/{id:long}", FindAsync);
        orders.MapPut("/{id:long}", ReplaceAsync);
        orders.MapPost("/{id:long}/cancel", CancelAsync);
        orders.MapDelete("/{id:long}", DeleteAsync);
    }

    private static async Task<Created<OrderView>> PlaceAsync(OrderRequest request, OrderBook book, CancellationToken cancellationToken)
    {
        OrderView order = await book.PlaceAsync(request, cancellationToken);
        return TypedResults.Created($"/orders/{order.Id}", order);
    }

    private static async Task<Ok<OrderPage>> ListAsync(
        OrderBook book, CancellationToken cancellationToken, long after = 0, [Range(1, 200)] int limit = 50) =>
        TypedResults.Ok(await book.ListAsync(after, limit, cancellationToken));

    private static async Task<Results<Ok<OrderView>, NotFound>> FindAsync(long id, OrderBook book, CancellationToken cancellationToken) =>
        FoundOrNot(await book.FindAsync(id, cancellationToken));

    private static async Task<Results<Ok<OrderView>, NotFound>> ReplaceAsync(long id, OrderRequest request, OrderBook book, CancellationToken cancellationToken) =>
        FoundOrNot(await book.ReplaceAsync(id, request, cancellationToken));

    private static async Task<Results<Ok<OrderView>, NotFound>> CancelAsync(long id, OrderBook book, CancellationToken cancellationToken) =>
        FoundOrNot(await book.CancelAsync(id, cancellationToken));

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(long id, OrderBook book, CancellationToken cancellationToken) =>
        await book.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static Results<Ok<OrderView>, NotFound> FoundOrNot(OrderView? order) =>
        order is null ? TypedResults.NotFound() : TypedResults.Ok(order);
}
