using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OrderService.Orders;

/// <summary>Customers over HTTP: nothing is kept of them but the name on their orders.</summary>
internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder customers = app.MapGroup("/customers");
        customers.MapGet("/", ListAsync);
        customers.MapPost("/{customer}/cancel", CancelAsync);
    }

    private static async Task<Ok<IReadOnlyList<CustomerTotal>>> ListAsync(OrderBook book, CancellationToken cancellationToken, [Range(1, 200)] int limit = 20) =>
        TypedResults.Ok(await book.SumByCustomerAsync(limit, cancellationToken));

    private static async Task<Ok<IReadOnlyList<OrderView>>> CancelAsync(string customer, OrderBook book, CancellationToken cancellationToken) =>
        TypedResults.Ok(await book.CancelAllAsync(customer, cancellationToken));
}
