namespace DbMove.Nats.Tests.Authentication;

/// <summary>Every kind of login against a server that demands it: the right one works, and a wrong one gives an error that names no secret.</summary>
public sealed class LoginTests
{
    private const string Secret = "S3cret-pa55w0rd";

    public enum Kind
    {
        Password,
        PasswordInUrl,
        Token,
        TokenInUrl,
        NKey,
        CredentialsFile,
    }

    [Theory]
    [InlineData(Kind.Password)]
    [InlineData(Kind.PasswordInUrl)]
    [InlineData(Kind.Token)]
    [InlineData(Kind.TokenInUrl)]
    [InlineData(Kind.NKey)]
    [InlineData(Kind.CredentialsFile)]
    public async Task The_right_login_works(Kind kind)
    {
        using Account account = new(kind, isRight: true);
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(account.Configuration);
        await using TestBroker test = TestBroker.Create(account.UrlOf(server), account.Configure);

        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
        Assert.All(await test.Broker.CheckHealthAsync(), entry => Assert.Equal(HealthStatus.Healthy, entry.Status));
        AssertNoSecret(account.Secret, test.Log.Text);
    }

    [Theory]
    [InlineData(Kind.Password, "user and password")]
    [InlineData(Kind.PasswordInUrl, "user and password")]
    [InlineData(Kind.Token, "token")]
    [InlineData(Kind.TokenInUrl, "token")]
    [InlineData(Kind.NKey, "nkey")]
    [InlineData(Kind.CredentialsFile, "credentials file")]
    public async Task A_wrong_login_gives_an_error_without_the_secret_and_is_accepted_when_the_server_has_changed(Kind kind, string named)
    {
        using Account account = new(kind, isRight: false);
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(account.Configuration);
        await using TestBroker test = TestBroker.Create(account.UrlOf(server), account.Configure);

        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.PublishAsync([test.NewMessage()]));
        Assert.Contains($"at 127.0.0.1:{server.Port} refused the credentials ({named})", refused.Message, StringComparison.Ordinal);
        HealthEntry entry = Assert.Single(await test.Broker.CheckHealthAsync());
        Assert.Equal(("nats", HealthStatus.Degraded, refused.Message), (entry.Name, entry.Status, entry.Failure?.Message));
        AssertNoSecret(account.Secret, refused.ToString());
        AssertNoSecret(account.Secret, test.Log.Text);
        Assert.Contains("2001 ", test.Log.Text, StringComparison.Ordinal);

        account.Repair();
        server.Configuration = account.Configuration;
        await server.KillAsync();
        await server.StartAsync();
        BrokerRoundTrip.Check(await Eventually.SucceedsAsync(() => BrokerRoundTrip.RunAsync(test), "the login is accepted"));
    }

    [Fact]
    public async Task A_login_that_is_revoked_while_connected_is_told()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync($$"""authorization { user: "dbmove", password: "{{Secret}}" }""");
        await using TestBroker test = TestBroker.Create(server.Url, options => (options.UserName, options.Password) = ("dbmove", Secret));
        await test.PublishAsync();

        server.Configuration = """authorization { user: "dbmove", password: "another" }""";
        await server.ReloadAsync();

        string told = await Eventually.GetAsync(
            async () => (await test.Broker.CheckHealthAsync()).FirstOrDefault(entry => entry.Failure?.Message.Contains("refused the credentials", StringComparison.Ordinal) == true)?.Failure?.Message, "health tells");
        AssertNoSecret(Secret, told);
        AssertNoSecret(Secret, test.Log.Text);
    }

    [Fact]
    public async Task A_server_that_demands_a_login_says_so_to_one_without()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync("authorization { user: a, password: b }");
        await using TestBroker test = TestBroker.Create(server.Url);
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync());
        Assert.Contains("demands a login", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documented_permissions_are_enough()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(Permitted("$JS.API.>", "$JS.ACK.>", "dbmove.>"));
        await using TestBroker test = TestBroker.Create($"nats://a:b@127.0.0.1:{server.Port}");
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
        Assert.Null(await test.Broker.ReceiveAsync(TimeSpan.FromMilliseconds(50)));
        Assert.DoesNotContain("Permissions Violation", server.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_login_without_permission_is_told_that_it_may_lack_it()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync(Permitted("dbmove.>"));
        await using TestBroker test = TestBroker.Create($"nats://a:b@127.0.0.1:{server.Port}", options => options.RequestTimeout = TimeSpan.FromMilliseconds(500));
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync());
        Assert.Contains("the login has permission", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credentials_file_may_be_replaced_while_the_service_runs()
    {
        TestOperator right = new();
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, new TestOperator().NewCredentials().Text);
            await using NatsServerProcess server = await NatsServerProcess.CreateAsync(right.Configuration);
            await using TestBroker test = TestBroker.Create(server.Url, options => options.CredentialsFile = file);
            await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync());

            await File.WriteAllTextAsync(file, right.NewCredentials().Text);
            BrokerRoundTrip.Check(await Eventually.SucceedsAsync(() => BrokerRoundTrip.RunAsync(test), "the new file is read"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Permitted(params string[] subjects) =>
        $$"""authorization { users: [ { user: a, password: b, permissions: { publish: [ {{string.Join(", ", subjects.Select(subject => $"\"{subject}\""))}} ], subscribe: [ "_INBOX.>" ] } } ] }""";

    private static void AssertNoSecret(string secret, string text) => Assert.DoesNotContain(secret, text, StringComparison.Ordinal);

    /// <summary>A server's accounts and the login of one that it has, or has not.</summary>
    private sealed class Account : IDisposable
    {
        private readonly Kind _kind;
        private readonly string _right;
        private readonly string? _file;
        private readonly TestOperator _operator = new();

        public Account(Kind kind, bool isRight)
        {
            _kind = kind;
            switch (kind)
            {
                case Kind.NKey:
                    Secret = TestKeys.NewSeed(TestKeys.User);
                    _right = TestKeys.PublicKeyOf(isRight ? Secret : TestKeys.NewSeed(TestKeys.User));
                    break;
                case Kind.CredentialsFile:
                    (string text, Secret) = _operator.NewCredentials();
                    _file = Path.GetTempFileName();
                    File.WriteAllText(_file, text);
                    _right = (isRight ? _operator : new TestOperator()).Configuration;
                    break;
                default:
                    Secret = LoginTests.Secret;
                    _right = isRight ? Secret : "another";
                    break;
            }

            Configuration = Configure(_right);
        }

        public string Secret { get; }

        public string Configuration { get; private set; }

        public void Repair() => Configuration = Configure(_kind switch
        {
            Kind.NKey => TestKeys.PublicKeyOf(Secret),
            Kind.CredentialsFile => _operator.Configuration,
            _ => Secret,
        });

        public string UrlOf(NatsServerProcess server) => _kind switch
        {
            Kind.PasswordInUrl => $"nats://dbmove:{Secret}@127.0.0.1:{server.Port}",
            Kind.TokenInUrl => $"nats://{Secret}@127.0.0.1:{server.Port}",
            _ => server.Url,
        };

        public void Configure(NatsOptions options)
        {
            switch (_kind)
            {
                case Kind.Password:
                    (options.UserName, options.Password) = ("dbmove", Secret);
                    break;
                case Kind.Token:
                    options.Token = Secret;
                    break;
                case Kind.NKey:
                    options.NKeySeed = Secret;
                    break;
                case Kind.CredentialsFile:
                    options.CredentialsFile = _file;
                    break;
            }
        }

        public void Dispose()
        {
            if (_file is not null)
            {
                File.Delete(_file);
            }
        }

        private string Configure(string right) => _kind switch
        {
            Kind.Token or Kind.TokenInUrl => $$"""authorization { token: "{{right}}" }""",
            Kind.NKey => $$"""authorization { users: [ { nkey: {{right}} } ] }""",
            Kind.CredentialsFile => right,
            _ => $$"""authorization { user: "dbmove", password: "{{right}}" }""",
        };
    }
}
