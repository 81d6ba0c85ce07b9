using System.Diagnostics.CodeAnalysis;

namespace DbMove.Nats.Connection;

/// <summary>Where the servers are, apart from the login that a URL may carry.</summary>
internal sealed class ServerAddress
{
    private const int DefaultPort = 4222;

    private ServerAddress(string url, string where, int count, string? user, string? password) => (Url, Where, Count, User, Password) = (url, where, count, user, password);

    /// <summary>The URL for the client, without a login: what the client prints has no secret.</summary>
    public string Url { get; }

    /// <summary><c>host:port</c>, for messages.</summary>
    public string Where { get; }

    /// <summary>How many servers.</summary>
    public int Count { get; }

    /// <summary>The URL's user, or its token when there is no <see cref="Password"/>; null: none.</summary>
    public string? User { get; }

    /// <summary>The URL's password.</summary>
    public string? Password { get; }

    /// <summary>Reads a URL or several with commas between them; the defect never repeats them.</summary>
    public static bool TryParse(string urls, [NotNullWhen(true)] out ServerAddress? address, [NotNullWhen(false)] out string? defect)
    {
        (address, defect) = (null, null);
        List<string> plain = [];
        List<string> places = [];
        HashSet<string> logins = [];
        foreach (string written in urls.Split(',', StringSplitOptions.TrimEntries))
        {
            string url = written.Contains("://", StringComparison.Ordinal) ? written : "nats://" + written;
            if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || parsed.Host.Length == 0)
            {
                defect = "is none: write nats://host:port, with user and password percent-encoded where they hold special characters";
                return false;
            }

            if (parsed.Scheme is not ("nats" or "tls"))
            {
                defect = "begins with neither nats:// nor tls://";
                return false;
            }

            if (parsed.AbsolutePath is not ("" or "/") || parsed.Query.Length > 0 || parsed.Fragment.Length > 0)
            {
                defect = "has something after host and port, or a special character in user or password that is not percent-encoded";
                return false;
            }

            string place = $"{parsed.Host}:{(parsed.Port < 0 ? DefaultPort : parsed.Port).ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            plain.Add($"{parsed.Scheme}://{place}");
            places.Add(place);
            if (parsed.UserInfo.Length > 0)
            {
                logins.Add(parsed.UserInfo);
            }
        }

        if (logins.Count > 1)
        {
            defect = "carries different logins for its servers: give one";
            return false;
        }

        string[] login = logins.FirstOrDefault()?.Split(':', 2) ?? [];
        address = new ServerAddress(
            string.Join(',', plain),
            string.Join(", ", places),
            plain.Count,
            login.Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            login.Length > 1 ? Uri.UnescapeDataString(login[1]) : null);
        return true;
    }
}
