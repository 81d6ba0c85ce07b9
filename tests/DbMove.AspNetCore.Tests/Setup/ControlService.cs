using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DbMove.AspNetCore.Tests.Setup;

/// <summary>A service on Kestrel, on a free loopback port, with migrations between SQLite files.</summary>
internal sealed class ControlService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly Dictionary<string, ItemFiles> _files;
    private readonly bool _isOwner;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ControlService(WebApplication app, Dictionary<string, ItemFiles> files, LogLines log, bool isOwner)
    {
        (_app, _files, Log, _isOwner) = (app, files, log, isOwner);
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(1) };
    }

    public const string Operator = "olga:operator";

    /// <summary>Called when the server sees that the caller of the next request has left.</summary>
    public Action? Aborted { get; set; }

    /// <summary>Ends when the request that <see cref="Aborted"/> is about was dealt with.</summary>
    public Task Answered => _answered.Task;

    public LogLines Log { get; }

    public Uri Address => _client.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    public Migration Migration => _app.Services.GetRequiredService<Migration>();

    public ItemFiles Files => _files.Values.Single();

    public static Task<ControlService> StartAsync(int rows = 20, Action<MigrationOptions>? options = null, params string[] migrations) =>
        StartAsync(app => app.MapDbMove("/dbmove").RequireAuthorization("operators"), rows, options, migrations: migrations);

    public static async Task<ControlService> StartAsync(
        Action<WebApplication> map, int rows = 20, Action<MigrationOptions>? options = null, Action<WebApplicationBuilder>? configure = null, ItemFiles? shared = null,
        Action<MigrationBuilder>? sides = null, params string[] migrations)
    {
        Dictionary<string, ItemFiles> files = (migrations.Length == 0 ? ["items"] : migrations).ToDictionary(name => name, _ => shared ?? new ItemFiles(rows));
        LogLines log = new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication("token").AddScheme<AuthenticationSchemeOptions, TokenHandler>("token", null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("operators", policy => policy.RequireRole("operator"))
            .AddPolicy("viewers", policy => policy.RequireRole("viewer", "operator"));
        foreach ((string name, ItemFiles pair) in files)
        {
            builder.Services.AddDbMove(name, move =>
            {
                move.FromSqlite(pair.PathOf(Side.Source)).ToSqlite(pair.PathOf(Side.Target)).AddEntity<Item>().Configure(each =>
                {
                    each.Gate.MinimumTimeInStage = TimeSpan.Zero;
                    each.Repair.IntentDelay = TimeSpan.Zero;
                    each.Validation.SuspectDelay = TimeSpan.FromMilliseconds(1);
                    options?.Invoke(each);
                });
                sides?.Invoke(move);
            });
        }

        configure?.Invoke(builder);
        WebApplication app = builder.Build();
        ControlService? service = null;
        app.Use(next => async context =>
        {
            if (service?.Aborted is not { } aborted)
            {
                await next(context);
                return;
            }

            service.Aborted = null;
            using CancellationTokenRegistration registration = context.RequestAborted.Register(aborted);
            try
            {
                await next(context);
            }
            finally
            {
                service._answered.SetResult();
            }
        });
        map(app);
        await app.StartAsync();
        return service = new ControlService(app, files, log, isOwner: shared is null);
    }

    public Task<Answer> GetAsync(string path, string? user = Operator) => SendAsync(HttpMethod.Get, "/dbmove/" + path, user);

    public Task<Answer> PostAsync(string path, string? body = null, string? user = Operator, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/dbmove/" + path, user, body, "application/json", headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? user = null, string? body = null, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        }

        if (user is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user);
        }

        foreach ((string name, string value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value));
        }

        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.ETag?.ToString(), response, text);
    }

    /// <summary>Walks to a stage past the gate: the test is about something else.</summary>
    public async Task WalkToAsync(Stage stage)
    {
        while (Migration.Stage < stage)
        {
            await Migration.SwitchAsync(Migration.Stage + 1, new SwitchOptions { OverrideGate = true, Reason = "the test is not about the gate", ChangedBy = "test" });
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        foreach (ItemFiles files in _isOwner ? _files.Values : Enumerable.Empty<ItemFiles>())
        {
            files.Dispose();
        }
    }
}
