using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DbMove.Nats.Connection;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats;

/// <summary>Checks options when a migration is built: one error that names every wrong value, and no secret.</summary>
internal static class NatsOptionsCheck
{
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(100);

    /// <summary>Checks the options of a connection that DbMove makes; returns where it leads.</summary>
    public static ServerAddress Check(string migration, string url, NatsOptions options)
    {
        List<string> wrong = [];
        if (!ServerAddress.TryParse(url, out ServerAddress? address, out string? defect))
        {
            wrong.Add($"the URL {defect}");
        }

        CheckLogin(address, options, wrong);
        CheckFiles(options, wrong);
        CheckRest(options, wrong);
        Throw(migration, wrong);
        return address!;
    }

    /// <summary>Checks the options beside a connection of the application.</summary>
    public static void CheckWithConnection(string migration, NatsOptions options)
    {
        List<string> wrong = [];
        (string Name, bool IsSet)[] others =
        [
            (nameof(options.UserName), options.UserName is not null), (nameof(options.Password), options.Password is not null), (nameof(options.Token), options.Token is not null),
            (nameof(options.NKeySeed), options.NKeySeed is not null), (nameof(options.CredentialsFile), options.CredentialsFile is not null), (nameof(options.CaFile), options.CaFile is not null),
            (nameof(options.CertificateFile), options.CertificateFile is not null), (nameof(options.KeyFile), options.KeyFile is not null), (nameof(options.KeyFilePassword), options.KeyFilePassword is not null),
        ];
        wrong.AddRange(others.Where(other => other.IsSet).Select(other => $"{other.Name} is set, and the connection is the application's: set it there"));
        CheckRest(options, wrong);
        Throw(migration, wrong);
    }

    private static void Throw(string migration, List<string> wrong)
    {
        if (wrong.Count > 0)
        {
            throw new MigrationConfigurationException($"The NATS options of migration '{migration}' cannot work: {string.Join("; ", wrong)}.");
        }
    }

    private static void CheckLogin(ServerAddress? address, NatsOptions options, List<string> wrong)
    {
        List<string> kinds = [];
        if (options.UserName is not null || options.Password is not null)
        {
            kinds.Add("UserName and Password");
            if (string.IsNullOrEmpty(options.UserName) || options.Password is null)
            {
                wrong.Add("UserName and Password need each other");
            }
        }

        (string Name, bool IsSet)[] others =
        [
            ("Token", options.Token is not null), ("NKeySeed", options.NKeySeed is not null), ("CredentialsFile", options.CredentialsFile is not null),
            ("the URL", address is { User: not null }),
        ];
        kinds.AddRange(others.Where(other => other.IsSet).Select(other => other.Name));
        if (kinds.Count > 1)
        {
            wrong.Add($"more than one login is given, by {string.Join(", by ", kinds)}: keep one");
        }

        if (options.Token is { Length: 0 })
        {
            wrong.Add("Token is empty");
        }

        if (options.NKeySeed is { } seed && NKeySeed.DefectOf(seed) is { } defect)
        {
            wrong.Add($"NKeySeed {defect}");
        }

        if (options.CredentialsFile is { } file && CredentialsFile.Check(file) is { } unreadable)
        {
            wrong.Add($"CredentialsFile '{file}' {unreadable}");
        }
    }

    private static void CheckFiles(NatsOptions options, List<string> wrong)
    {
        if (options.CertificateFile is null != options.KeyFile is null)
        {
            wrong.Add("CertificateFile and KeyFile need each other");
        }

        if (options.KeyFilePassword is not null && options.KeyFile is null)
        {
            wrong.Add("KeyFilePassword is set without KeyFile");
        }

        bool found = true;
        foreach ((string name, string? file) in new[] { (nameof(options.CaFile), options.CaFile), (nameof(options.CertificateFile), options.CertificateFile), (nameof(options.KeyFile), options.KeyFile) })
        {
            if (file is not null && !File.Exists(file))
            {
                wrong.Add($"{name} '{file}' does not exist");
                found = false;
            }
        }

        if (!found)
        {
            return;
        }

        try
        {
            if (options.CaFile is not null)
            {
                X509Certificate2Collection authorities = [];
                authorities.ImportFromPemFile(options.CaFile);
                if (authorities.Count == 0)
                {
                    wrong.Add($"CaFile '{options.CaFile}' has no certificate in PEM");
                }
            }
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            wrong.Add($"CaFile '{options.CaFile}' cannot be read as PEM");
        }

        if (options is { CertificateFile: not null, KeyFile: not null })
        {
            try
            {
                using X509Certificate2 pair = options.KeyFilePassword is { } password
                    ? X509Certificate2.CreateFromEncryptedPemFile(options.CertificateFile, password, options.KeyFile)
                    : X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
            {
                wrong.Add($"CertificateFile '{options.CertificateFile}' and KeyFile '{options.KeyFile}' are no pair of certificate and key in PEM, or KeyFilePassword is not that of the key");
            }
        }
    }

    private static void CheckRest(NatsOptions options, List<string> wrong)
    {
        void Between(string name, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                wrong.Add($"{name} is {value}, and must be between {least} and {most}");
            }
        }

        TimeSpan minute = TimeSpan.FromMinutes(1);
        Between(nameof(options.ConnectTimeout), options.ConnectTimeout, s_least, minute);
        Between(nameof(options.MaximumReconnectDelay), options.MaximumReconnectDelay, s_least, minute);
        Between(nameof(options.RequestTimeout), options.RequestTimeout, s_least, minute);
        Between(nameof(options.PublishTimeout), options.PublishTimeout, s_least, minute);
        Between(nameof(options.MaximumAge), options.MaximumAge ?? minute, minute, TimeSpan.FromDays(3650));
        Between(nameof(options.DuplicateWindow), options.DuplicateWindow ?? minute, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        if (options.MaximumPublishesInFlight is < 1 or > 10_000)
        {
            wrong.Add($"MaximumPublishesInFlight is {options.MaximumPublishesInFlight}, and must be between 1 and 10000");
        }

        if (options.DuplicateWindow > options.MaximumAge)
        {
            wrong.Add($"DuplicateWindow is {options.DuplicateWindow}, and must not be longer than MaximumAge, which is {options.MaximumAge}");
        }

        if (options.Replicas is < 1 or > 5)
        {
            wrong.Add($"Replicas is {options.Replicas}, and must be between 1 and 5");
        }

        if (options.MaximumBytes is < 1)
        {
            wrong.Add($"MaximumBytes is {options.MaximumBytes}, and must be at least 1");
        }

        if (options.SubjectPrefix is null || options.SubjectPrefix.Length > 100 || options.SubjectPrefix.Split('.').Any(token => token.Length == 0 || !token.All(IsPlain)))
        {
            wrong.Add($"SubjectPrefix is '{options.SubjectPrefix}', and must be letters, digits, '-' and '_' with dots between them, 100 at most");
        }

        if (options.StreamName is { } stream && (stream.Length is 0 or > 200 || !stream.All(IsPlain)))
        {
            wrong.Add($"StreamName is '{stream}', and must be 1 to 200 letters, digits, '-' and '_'");
        }

        if (options.Storage is { } storage && !Enum.IsDefined(storage))
        {
            wrong.Add($"Storage is {storage}, which is no such value");
        }

        if (options.Retention == StreamConfigRetention.Interest)
        {
            wrong.Add("Retention is Interest, which throws away whatever is published while the consumer is missing: use Workqueue or Limits");
        }
        else if (!Enum.IsDefined(options.Retention))
        {
            wrong.Add($"Retention is {options.Retention}, which is no such value");
        }
        else if (options.Retention == StreamConfigRetention.Limits && options.MaximumAge is null && options.MaximumBytes is null)
        {
            wrong.Add("Retention is Limits and there is none: set MaximumAge or MaximumBytes, or the stream grows for ever");
        }
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
