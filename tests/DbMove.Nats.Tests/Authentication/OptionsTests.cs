using DbMove.Nats.Connection;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Tests.Authentication;

/// <summary>Options are checked when the migration is built: one error names all that is wrong, and no secret.</summary>
public sealed class OptionsTests
{
    private const string Secret = "S3cret-pa55w0rd";
    private static readonly string s_seed = TestKeys.NewSeed(TestKeys.User);

    [Fact]
    public void One_error_names_every_wrong_value()
    {
        MigrationConfigurationException error = Refused("nats://localhost", options =>
        {
            options.ConnectTimeout = TimeSpan.Zero;
            options.MaximumReconnectDelay = TimeSpan.FromHours(1);
            options.RequestTimeout = TimeSpan.FromMilliseconds(1);
            options.PublishTimeout = TimeSpan.FromHours(1);
            options.MaximumPublishesInFlight = 0;
            options.SubjectPrefix = "a..b";
            options.StreamName = "a b";
            options.Replicas = 6;
            options.MaximumBytes = 0;
            options.MaximumAge = TimeSpan.FromSeconds(1);
            options.DuplicateWindow = TimeSpan.FromDays(2);
            options.Storage = (StreamConfigStorage)9;
            options.Retention = StreamConfigRetention.Interest;
            options.Password = Secret;
            options.Token = Secret;
            options.NKeySeed = "SU" + Secret;
            options.CredentialsFile = "/nowhere/user.creds";
            options.CaFile = "/nowhere/ca.pem";
            options.CertificateFile = "/nowhere/client.pem";
            options.KeyFilePassword = Secret;
        });
        Assert.All(
            [
                "ConnectTimeout is", "MaximumReconnectDelay is", "RequestTimeout is", "PublishTimeout is", "MaximumPublishesInFlight is", "SubjectPrefix is", "StreamName is", "Replicas is",
                "MaximumBytes is", "MaximumAge is", "DuplicateWindow is", "Storage is", "Retention is Interest, which throws away", "UserName and Password need each other", "more than one login",
                "NKeySeed is no seed", "'/nowhere/user.creds' does not exist", "'/nowhere/ca.pem' does not exist", "'/nowhere/client.pem' does not exist", "CertificateFile and KeyFile need each other",
                "KeyFilePassword is set without KeyFile", "migration 'shop'",
            ],
            named => Assert.Contains(named, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nats://user:" + Secret + "@local host", "is none")]
    [InlineData("http://user:" + Secret + "@localhost", "neither nats:// nor tls://")]
    [InlineData("nats://user:" + Secret + "@localhost/path", "something after host and port")]
    [InlineData("nats://user:" + Secret + "/@localhost", "is none")]
    [InlineData("nats://a:" + Secret + "@one,nats://b:" + Secret + "@two", "different logins")]
    [InlineData("nats://one,,nats://two", "is none")]
    public void A_URL_that_is_none_is_not_repeated(string url, string named) => Assert.Contains(named, Refused(url, _ => { }).Message, StringComparison.Ordinal);

    [Fact]
    public void A_login_in_URL_and_options_is_refused() =>
        Assert.Contains("by Token, by the URL", Refused($"nats://user:{Secret}@localhost", options => options.Token = Secret).Message, StringComparison.Ordinal);

    [Fact]
    public void Limits_need_a_limit()
    {
        Assert.Contains("MaximumAge or MaximumBytes", Refused("nats://localhost", options => options.Retention = StreamConfigRetention.Limits).Message, StringComparison.Ordinal);
        Build("nats://localhost", options => (options.Retention, options.MaximumBytes) = (StreamConfigRetention.Limits, 1_000_000));
    }

    [Fact]
    public void A_file_that_is_no_credentials_file_and_one_that_is_no_PEM_are_refused()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Secret);
            Assert.Contains("is no credentials file", Refused("nats://localhost", options => options.CredentialsFile = file).Message, StringComparison.Ordinal);
            Assert.Contains("no certificate in PEM", Refused("nats://localhost", options => options.CaFile = file).Message, StringComparison.Ordinal);
            Assert.Contains("no pair of certificate and key", Refused("nats://localhost", options => (options.CertificateFile, options.KeyFile) = (file, file)).Message, StringComparison.Ordinal);
            File.WriteAllText(file, $"-----BEGIN NATS USER JWT-----\neyJ\n-----END NATS USER JWT-----\n-----BEGIN USER NKEY SEED-----\n{Secret}\n-----END USER NKEY SEED-----\n");
            Assert.Contains("has a seed that is no seed", Refused("nats://localhost", options => options.CredentialsFile = file).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_key_with_another_password_is_refused()
    {
        using TestCertificates certificates = new();
        string key = certificates.EncryptClientKey(Secret);
        MigrationConfigurationException error = Refused(
            "nats://localhost", options => (options.CertificateFile, options.KeyFile, options.KeyFilePassword) = (certificates.Client, key, Secret + "x"));
        Assert.Contains("KeyFilePassword is not that of the key", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nats://localhost")]
    [InlineData("tls://localhost:1")]
    [InlineData("localhost:4222")]
    [InlineData("nats://user:p%40ss@one:1, two:2 ,nats://user:p%40ss@three")]
    [InlineData("nats://[::1]:4222")]
    public void What_is_right_is_taken(string url) => Build(url, _ => { });

    [Fact]
    public void The_seed_of_a_user_is_taken_and_that_of_an_account_is_not()
    {
        Build("nats://localhost", options => options.NKeySeed = s_seed);
        string account = TestKeys.NewSeed(TestKeys.Account);
        MigrationConfigurationException error = Refused("nats://localhost", options => options.NKeySeed = account);
        Assert.DoesNotContain(account, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_with_one_wrong_character_is_refused_and_every_right_one_is_taken()
    {
        for (int round = 0; round < 200; round++)
        {
            string seed = TestKeys.NewSeed(TestKeys.User);
            Assert.Null(NKeySeed.DefectOf(seed));
            int at = 2 + (round % 55);
            Assert.NotNull(NKeySeed.DefectOf($"{seed[..at]}{(seed[at] == 'A' ? 'B' : 'A')}{seed[(at + 1)..]}"));
            Assert.NotNull(NKeySeed.DefectOf(seed[..^1]));
        }
    }

    [Fact]
    public void The_assembly_is_not_bound_to_the_stand_in_for_NATS_NKeys() =>
        Assert.DoesNotContain(typeof(NatsOptions).Assembly.GetReferencedAssemblies(), name => name.Name == "NATS.NKeys");

    [Fact]
    public async Task Beside_a_connection_of_the_application_there_is_no_login()
    {
        await using NatsConnection connection = new();
        MigrationBuilder builder = new MigrationBuilder("shop").UseNats(connection, options => (options.Token, options.CaFile, options.Replicas) = (Secret, "ca.pem", 9));
        MigrationConfigurationException error = Assert.Throws<MigrationConfigurationException>(() => TestBroker.Build(builder, "shop"));
        Assert.All(["Token is set", "CaFile is set", "Replicas is 9"], named => Assert.Contains(named, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    private static void Build(string url, Action<NatsOptions> configure) => TestBroker.Build(new MigrationBuilder("shop").UseNats(url, configure), "shop");

    private static MigrationConfigurationException Refused(string url, Action<NatsOptions> configure)
    {
        MigrationConfigurationException error = Assert.Throws<MigrationConfigurationException>(() => Build(url, configure));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        return error;
    }
}
