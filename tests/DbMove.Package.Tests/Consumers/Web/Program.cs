using DbMove;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddDbMove("shop", move => move.FromSqlite(args[0]).ToSqlite(args[1]).AddShopDomainEntities());
WebApplication app = builder.Build();
app.MapDbMove("/dbmove");
await app.StartAsync();
using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
Console.WriteLine($"health={(int)(await client.GetAsync("dbmove/health")).StatusCode}");
await app.StopAsync();
