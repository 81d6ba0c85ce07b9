using Npgsql;

namespace Quickstart.Options;

/// <summary>Where a side is: <c>sqlite:FILE</c> or <c>postgres:CONNECTION STRING</c>.</summary>
internal sealed record DatabaseAddress
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";

    private DatabaseAddress(bool isSqlite, string value, string name)
    {
        IsSqlite = isSqlite;
        Value = value;
        Name = name;
    }

    public bool IsSqlite { get; }

    /// <summary>The file's full path, or the connection string with all its secrets: never printed.</summary>
    public string Value { get; }

    /// <summary>What may be printed, and what a run is recognised by.</summary>
    public string Name { get; }

    public static DatabaseAddress OfFile(string path) => new(true, Path.GetFullPath(path), Sqlite + Path.GetFullPath(path));

    /// <exception cref="UsageException">The text is no address. It is not repeated: it may hold a password.</exception>
    public static DatabaseAddress Parse(string option, string text)
    {
        if (text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length)
        {
            return OfFile(text[Sqlite.Length..]);
        }

        if (!text.StartsWith(Postgres, StringComparison.Ordinal))
        {
            throw new UsageException($"{option} must be sqlite:<file> or postgres:<connection string>.");
        }

        try
        {
            NpgsqlConnectionStringBuilder builder = new(text[Postgres.Length..]);
            if (string.IsNullOrEmpty(builder.Host))
            {
                throw new UsageException($"The connection string of {option} names no host: write it as postgres:Host=…;Port=…;Database=…;Username=…");
            }

            string schema = builder.SearchPath is { Length: > 0 } path ? "/" + path : string.Empty;
            return new(false, builder.ConnectionString, $"{Postgres}{builder.Host}:{builder.Port}/{builder.Database ?? builder.Username}{schema}");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new UsageException($"The connection string of {option} is malformed: write it as postgres:Host=…;Port=…;Database=…;Username=…;Password=…");
        }
    }

    // Not the generated one, which would print the secrets.
    public override string ToString() => Name;

    public bool Equals(DatabaseAddress? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
