using NATS.Client.Core;

namespace DbMove.Nats.Connection;

/// <summary>How a connection logs in. Its texts name the kind and never the secret.</summary>
internal sealed class Login
{
    private readonly Func<NatsAuthCred> _read;

    private Login(string kind, Func<NatsAuthCred> read) => (Kind, _read) = (kind, read);

    /// <summary>What it is, in words, such as <c>user and password</c>.</summary>
    public string Kind { get; }

    /// <summary>For the client, which asks for each connection that it makes.</summary>
    public NatsAuthOpts ClientOptions => new() { AuthCredCallback = (_, _) => ValueTask.FromResult(_read()) };

    /// <summary>Chooses the login of options that have been checked; null: none.</summary>
    public static Login? From(ServerAddress address, NatsOptions options) => (address, options) switch
    {
        (_, { UserName: { } user, Password: { } password }) => new("user and password", () => NatsAuthCred.FromUserInfo(user, password)),
        (_, { Token: { } token }) => new("token", () => NatsAuthCred.FromToken(token)),
        (_, { NKeySeed: { } seed }) => new("nkey", () => NatsAuthCred.FromNkey(seed)),
        (_, { CredentialsFile: { } file }) => new("credentials file", () => ReadFile(file)),
        ({ User: { } user, Password: { } password }, _) => new("user and password", () => NatsAuthCred.FromUserInfo(user, password)),
        ({ User: { } token }, _) => new("token", () => NatsAuthCred.FromToken(token)),
        _ => null,
    };

    private static NatsAuthCred ReadFile(string path)
    {
        (string jwt, string seed) = CredentialsFile.Read(path);
        return NatsAuthCred.FromJwt(jwt, seed);
    }
}
