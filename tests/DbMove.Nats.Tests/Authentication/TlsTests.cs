namespace DbMove.Nats.Tests.Authentication;

/// <summary>TLS and mutual TLS, with certificates made here.</summary>
public sealed class TlsTests
{
    private const string KeyPassword = "k3y-pa55w0rd";

    [Fact]
    public async Task A_server_with_a_certificate_of_the_given_authority_is_trusted()
    {
        using TestCertificates certificates = new();
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(Configuration(certificates));
        await using TestBroker test = TestBroker.Create(server.Url, options => options.CaFile = certificates.Authority);
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
    }

    [Fact]
    public async Task TLS_goes_with_a_login()
    {
        using TestCertificates certificates = new();
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(Configuration(certificates) + "\nauthorization { user: a, password: b }");
        await using TestBroker test = TestBroker.Create($"tls://a:b@127.0.0.1:{server.Port}", options => options.CaFile = certificates.Authority);
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_trusted()
    {
        using TestCertificates certificates = new();
        using TestCertificates others = new();
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(Configuration(certificates));
        await AssertRefusedAsync(server.Url, options => options.CaFile = others.Authority, "TLS with the NATS server at");
        await AssertRefusedAsync(server.Url, _ => { }, "TLS with the NATS server at");
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_trusted()
    {
        using TestCertificates certificates = new("127.0.0.2");
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(Configuration(certificates));
        await AssertRefusedAsync(server.Url, options => options.CaFile = certificates.Authority, "TLS with the NATS server at");
    }

    [Fact]
    public async Task A_server_without_TLS_is_refused_where_TLS_is_demanded()
    {
        using TestCertificates certificates = new();
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await AssertRefusedAsync(server.Url, options => options.CaFile = certificates.Authority, "has no TLS");
        await AssertRefusedAsync($"tls://127.0.0.1:{server.Port}", _ => { }, "has no TLS");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mutual_TLS_works(bool isKeyEncrypted)
    {
        using TestCertificates certificates = new();
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(Configuration(certificates, "verify: true"));
        await using TestBroker test = TestBroker.Create(server.Url, options =>
        {
            (options.CaFile, options.CertificateFile) = (certificates.Authority, certificates.Client);
            (options.KeyFile, options.KeyFilePassword) = isKeyEncrypted ? (certificates.EncryptClientKey(KeyPassword), KeyPassword) : (certificates.ClientKey, null);
        });
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
    }

    [Fact]
    public async Task A_server_that_demands_a_certificate_refuses_a_client_without_and_one_of_another_authority()
    {
        using TestCertificates certificates = new();
        using TestCertificates others = new();
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(Configuration(certificates, "verify: true"));
        await AssertRefusedAsync(server.Url, options => options.CaFile = certificates.Authority, "CertificateFile and KeyFile");
        await AssertRefusedAsync(
            server.Url, options => (options.CaFile, options.CertificateFile, options.KeyFile) = (certificates.Authority, others.Client, others.ClientKey), "CertificateFile and KeyFile");
    }

    private static string Configuration(TestCertificates certificates, string more = "") =>
        $$"""tls { cert_file: "{{certificates.Server}}", key_file: "{{certificates.ServerKey}}", ca_file: "{{certificates.Authority}}", {{more}} }""";

    private static async Task AssertRefusedAsync(string url, Action<NatsOptions> configure, string named)
    {
        await using TestBroker test = TestBroker.Create(url, configure);
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync());
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, Assert.Single(await test.Broker.CheckHealthAsync()).Failure?.Message);
    }
}
