using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using NATS.Client.Core;

namespace DbMove.Nats.Connection;

/// <summary>Why there is no connection, in words that say what to do and name no secret.</summary>
internal static class ConnectionFailure
{
    /// <summary>What a try to connect ends with when the server, the network or the configuration is to blame.</summary>
    public static bool Explains(Exception exception) => exception is NatsException or IOException or SocketException or AuthenticationException or TimeoutException
        or OperationCanceledException or CryptographicException or ArgumentException or InvalidOperationException or FormatException or UnauthorizedAccessException

        // By its name: this assembly uses no type of the client's own dependency.
        || exception.GetType().FullName == "NATS.NKeys.NKeysException";

    /// <summary>Describes a failure of the application's own connection, whose login is not in NatsOptions.</summary>
    public static string DescribeSupplied(string where, Exception exception) => Chain(exception).OfType<NatsServerException>().Any(IsOfLogin)
        ? $"The NATS server at {where} refused the login of the application's connection. Correct its NatsOpts.AuthOpts, or the user at the server."
        : Describe(where, null, exception, null);

    /// <summary>Describes a failure.</summary>
    /// <param name="where">The servers.</param>
    /// <param name="login">How the connection logs in; null: not at all.</param>
    /// <param name="exception">What the client threw.</param>
    /// <param name="logged">What the client only logged: its exception for a server out of reach has no cause.</param>
    public static string Describe(string where, Login? login, Exception exception, Exception? logged)
    {
        Exception[] causes = [.. Chain(exception), .. Chain(logged)];
        if (causes.OfType<NatsServerException>().FirstOrDefault() is { } refused)
        {
            return IsOfLogin(refused)
                ? login is null
                    ? $"The NATS server at {where} demands a login. Set one in NatsOptions or in the URL."
                    : $"The NATS server at {where} refused the credentials ({login.Kind}). Correct them here or at the server; the login is tried again until it is accepted."
                : $"The NATS server at {where} refused the connection: {refused.Error}.";
        }

        if (causes.OfType<AuthenticationException>().Any())
        {
            return $"TLS with the NATS server at {where} failed: its certificate is not trusted or not for that host, or it did not accept the client's. Set CaFile to the authority that signed it, and CertificateFile and KeyFile if the server demands a certificate.";
        }

        if (causes.OfType<FormatException>().FirstOrDefault() is { } malformed && login?.Kind == "credentials file")
        {
            return $"The credentials file for the NATS server at {where} {malformed.Message}.";
        }

        if (causes.OfType<SocketException>().FirstOrDefault() is { } socket)
        {
            return $"The NATS server at {where} cannot be reached: {socket.SocketErrorCode}. Start it, or correct the URL; it is tried again until it answers.";
        }

        if (causes.Any(cause => cause is TimeoutException or OperationCanceledException))
        {
            return $"The NATS server at {where} did not answer in time. Check it and the network; it is tried again until it answers.";
        }

        if (causes.Any(cause => cause.Message.Contains("does not support TLS", StringComparison.Ordinal)))
        {
            return $"The NATS server at {where} has no TLS, and CaFile, CertificateFile or tls:// demand it. Configure TLS at the server, or leave them out.";
        }

        return causes.OfType<IOException>().Any() || causes.Any(cause => cause.Message.Contains("closed", StringComparison.OrdinalIgnoreCase))
            ? $"The NATS server at {where} closed the connection. If it demands a client certificate, set CertificateFile and KeyFile; else see its log."
            : $"The NATS server at {where} cannot be reached ({causes[^1].GetType().Name}). See its log; it is tried again until it answers.";
    }

    private static bool IsOfLogin(NatsServerException refused) => refused.IsAuthError || refused.Error.Contains("auth", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
