using NATS.Client.JetStream.Models;

namespace DbMove;

/// <summary>
/// How a migration's events travel over NATS JetStream. Checked when the migration is built: one
/// <see cref="MigrationConfigurationException"/> names every value that is wrong, and no secret.
/// </summary>
/// <remarks>
/// At most one kind of login: user and password (here or in the URL), token (here or in the URL), nkey or credentials file.
/// Certificates are independent of it.
/// </remarks>
public sealed class NatsOptions
{
    /// <summary>The user's name; together with <see cref="Password"/>. Default null.</summary>
    public string? UserName { get; set; }

    /// <summary>The user's password. Default null.</summary>
    public string? Password { get; set; }

    /// <summary>A token. Default null.</summary>
    public string? Token { get; set; }

    /// <summary>The seed of a user's nkey, <c>SU…</c>. Default null.</summary>
    public string? NKeySeed { get; set; }

    /// <summary>
    /// A credentials file (<c>.creds</c>) with a user's JWT and seed. Default null. It is read again for every connection, so
    /// it may be replaced while the service runs.
    /// </summary>
    public string? CredentialsFile { get; set; }

    /// <summary>
    /// A PEM file with the certificates of the authorities that may have signed the server's. Default null: those that the
    /// system trusts. With it, a server without TLS is refused.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>The client's certificate for mutual TLS, a PEM file; together with <see cref="KeyFile"/>. Default null. With it, a server without TLS is refused.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The key of <see cref="CertificateFile"/>, a PEM file. Default null.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The password of an encrypted <see cref="KeyFile"/>. Default null: it is not encrypted.</summary>
    public string? KeyFilePassword { get; set; }

    /// <summary>How long a connection to one server may take. Default 3 s; 100 ms to 1 min.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Delay between two tries to connect at most; it begins at 100 ms and doubles. Default 5 s; 100 ms to 1 min. There is no end to the tries.</summary>
    public TimeSpan MaximumReconnectDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server's answer to a request other than a publication is waited for. Default 5 s; 100 ms to 1 min.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server's answer to a publication is waited for. Default 5 s; 100 ms to 1 min. After it, the event is published again later.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Messages that are on their way to the server without an answer at most. Default 256; 1 to 10,000.</summary>
    public int MaximumPublishesInFlight { get; set; } = 256;

    /// <summary>
    /// What every subject begins with: <c>{prefix}.{migration}.{entity}.inconsistent</c>. Default <c>dbmove</c>; letters, digits,
    /// <c>-</c> and <c>_</c>, with dots between them. All processes of a migration must agree.
    /// </summary>
    public string SubjectPrefix { get; set; } = "dbmove";

    /// <summary>
    /// The stream. Default null: <c>{prefix}-{migration}</c>, dots of the prefix written as <c>-</c>. One that exists is checked
    /// and used as it is; one that is missing is made.
    /// </summary>
    public string? StreamName { get; set; }

    /// <summary>
    /// What the stream keeps. Default <see cref="StreamConfigRetention.Workqueue"/>: what is not acknowledged.
    /// <see cref="StreamConfigRetention.Limits"/> keeps all, for others to read, until <see cref="MaximumAge"/> or
    /// <see cref="MaximumBytes"/>, one of which must be set. <see cref="StreamConfigRetention.Interest"/> is refused: it throws
    /// away whatever is published while the consumer is missing.
    /// </summary>
    public StreamConfigRetention Retention { get; set; } = StreamConfigRetention.Workqueue;

    /// <summary>Where the stream is kept. Default null: in files if it is made, and as it is if it exists. Nothing is lost with memory either: events that are gone are published again.</summary>
    public StreamConfigStorage? Storage { get; set; }

    /// <summary>Copies of the stream in a cluster, 1 to 5. Default null: one if it is made, and as it is if it exists.</summary>
    public int? Replicas { get; set; }

    /// <summary>
    /// The stream's size at most, in bytes. Default null: no limit if it is made, and as it is if it exists. A full work queue
    /// refuses events, which then wait in the target's control table.
    /// </summary>
    public long? MaximumBytes { get; set; }

    /// <summary>How long the stream keeps a message at most, from 1 min. Default null: for ever if it is made, and as it is if it exists. An open event that is gone is published again.</summary>
    public TimeSpan? MaximumAge { get; set; }

    /// <summary>For how long the server recognises a message sent twice; 1 s to 1 d. Default null: 2 min if the stream is made, and as it is if it exists.</summary>
    public TimeSpan? DuplicateWindow { get; set; }

    internal NatsOptions Clone() => (NatsOptions)MemberwiseClone();
}
