using DbMove;
using Microsoft.Extensions.Options;
using OrderService;
using OrderService.Access;
using OrderService.Databases;
using OrderService.Moving;
using OrderService.Observability;
using OrderService.Orders;
using OrderService.Parcels;
using OrderService.Problems;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory, // appsettings.json lies beside the executable, wherever that is started from
});
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, OrderServiceJson.Default));
builder.Services.AddProblemDetails().AddExceptionHandler<ShopProblems>().AddValidation();
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // so that the caller is told what is bad
builder.Services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section);
builder.Services.AddSingleton<ShopDatabases>().AddSingleton<OrderBook>().AddSingleton<ParcelDepot>().AddSingleton(TimeProvider.System);
builder.Services.AddMove();
builder.Services.AddOperatorAccess();
builder.AddTelemetry();
builder.Services.AddHealthChecks().AddDbMove();

await using WebApplication app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.MapOrders();
app.MapCustomers();
app.MapParcels();
app.MapPrometheusScrapingEndpoint("/metrics");
app.MapHealthChecks("/health/live", new() { Predicate = _ => false }); // the process answers; whatever a database does, a restart mends nothing
app.MapHealthChecks("/health/ready");
app.MapDbMove("/dbmove").RequireAuthorization(OperatorAccess.Policy);

try
{
    await app.Services.GetRequiredService<ShopDatabases>().CreateTablesAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is DbMoveException or OptionsValidationException)
{
    // Something in the configuration or the schemas does not fit. It is said in one sentence; a stack trace would hide it.
    Console.Error.WriteLine(exception.Message);
    return 1;
}
