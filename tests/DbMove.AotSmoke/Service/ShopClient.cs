using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DbMove.AotSmoke.Traffic;

namespace DbMove.AotSmoke.Service;

/// <summary>The service's shop, by HTTP. A write that was refused because nothing could be written is tried again, as the answer says.</summary>
internal sealed class ShopClient(Uri address) : IDisposable
{
    private const int Attempts = 20;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    public Task<OrderView> PlaceAsync(object order) => SendAsync<OrderView>(HttpMethod.Post, "/orders", order, HttpStatusCode.Created)!;

    public Task<OrderView> ReplaceAsync(long id, object order) => SendAsync<OrderView>(HttpMethod.Put, $"/orders/{id}", order, HttpStatusCode.OK)!;

    public Task<OrderView> CancelAsync(long id) => SendAsync<OrderView>(HttpMethod.Post, $"/orders/{id}/cancel", null, HttpStatusCode.OK)!;

    public Task DeleteOrderAsync(long id) => SendAsync<OrderView>(HttpMethod.Delete, $"/orders/{id}", null, HttpStatusCode.NoContent);

    public Task<OrderView?> FindOrderAsync(long id) => FindAsync<OrderView>($"/orders/{id}");

    public Task<OrderPage> ListAsync(long after) => SendAsync<OrderPage>(HttpMethod.Get, $"/orders?after={after}&limit=100", null, HttpStatusCode.OK)!;

    public Task<IReadOnlyList<CustomerTotal>> ListCustomersAsync() => SendAsync<IReadOnlyList<CustomerTotal>>(HttpMethod.Get, "/customers?limit=200", null, HttpStatusCode.OK)!;

    public Task<IReadOnlyList<OrderView>> CancelAllAsync(string customer) =>
        SendAsync<IReadOnlyList<OrderView>>(HttpMethod.Post, $"/customers/{Uri.EscapeDataString(customer)}/cancel", null, HttpStatusCode.OK)!;

    public Task<ParcelView> PutAsync(ParcelView parcel) => SendAsync<ParcelView>(HttpMethod.Put, $"/parcels/{parcel.Id}", parcel, HttpStatusCode.OK)!;

    public Task DeleteParcelAsync(Guid id) => SendAsync<ParcelView>(HttpMethod.Delete, $"/parcels/{id}", null, HttpStatusCode.NoContent);

    public Task<ParcelView?> FindParcelAsync(Guid id) => FindAsync<ParcelView>($"/parcels/{id}");

    /// <summary>Any page of the service: its status, and its text.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Any call with a body: its status, and its text.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, object body)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(path, body, s_json);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();

    private async Task<T?> FindAsync<T>(string path)
        where T : class
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<T>(answer, path);
    }

    private async Task<T?> SendAsync<T>(HttpMethod method, string path, object? body, HttpStatusCode expected)
        where T : class
    {
        for (int attempt = 1; ; attempt++)
        {
            using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: s_json) };
            using HttpResponseMessage answer = await _http.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10 * attempt));
                continue;
            }

            if (answer.StatusCode != expected)
            {
                throw new SmokeException($"{method} {path} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }

            return expected == HttpStatusCode.NoContent ? null : await ReadAsync<T>(answer, path);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, string path)
    {
        SmokeException.Require(answer.IsSuccessStatusCode, $"{path} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<T>(s_json) ?? throw new SmokeException($"{path} was answered with nothing");
    }
}
