using Microsoft.Data.Sqlite;

namespace DbMove.Sqlite;

/// <summary>Which file, and the connection string that DbMove opens it with.</summary>
internal sealed record SqliteLocation(string Path, string ConnectionString)
{
    /// <param name="pathOrConnectionString">What the user gave.</param>
    /// <param name="subject">Which side of which migration it is, for messages.</param>
    public static SqliteLocation Parse(string pathOrConnectionString, string subject = "A side of a migration")
    {
        if (string.IsNullOrWhiteSpace(pathOrConnectionString))
        {
            string message = $"{subject}: the path of its SQLite file is {(pathOrConnectionString is null ? "null" : "empty")}. Give the path or a connection string, and look where the configuration should have it.";
            throw pathOrConnectionString is null ? new ArgumentNullException(nameof(pathOrConnectionString), message) : new ArgumentException(message, nameof(pathOrConnectionString));
        }

        SqliteConnectionStringBuilder builder = ToBuilder(pathOrConnectionString);
        string source = builder.DataSource;
        if (source.Length == 0 || source.Equals(":memory:", StringComparison.OrdinalIgnoreCase) || builder.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException(
                $"{subject}: a database in memory belongs to one connection and is gone with it, so no migration can rely on it. Give the path of a file.", nameof(pathOrConnectionString));
        }

        if (source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"{subject}: a SQLite URI can change locking and durability. Give the path of the file instead.", nameof(pathOrConnectionString));
        }

        if (builder.Mode == SqliteOpenMode.ReadOnly)
        {
            throw new ArgumentException($"{subject}: both sides of a migration are written, so Mode=ReadOnly cannot work. Leave the mode out.", nameof(pathOrConnectionString));
        }

        string path = System.IO.Path.GetFullPath(source);
        builder.DataSource = path;
        // Never Create: a mistyped path must be an error, not an empty database that is then migrated.
        builder.Mode = SqliteOpenMode.ReadWrite;
        // A shared cache locks tables between our own connections and lets readers see what is not committed.
        builder.Cache = SqliteCacheMode.Private;
        // DbMove pools by itself, with prepared statements; a second pool would keep the file open after the end.
        builder.Pooling = false;
        builder.ForeignKeys = true;
        // The driver sleeps between its own busy retries, up to this; SQLite's busy time-out and the gate do the waiting.
        builder.DefaultTimeout = 1;
        return new SqliteLocation(path, builder.ToString());
    }

    private static SqliteConnectionStringBuilder ToBuilder(string text)
    {
        if (text.Contains('=', StringComparison.Ordinal))
        {
            try
            {
                return new SqliteConnectionStringBuilder(text);
            }
            catch (ArgumentException)
            {
                // A path may hold an equals sign.
            }
        }

        return new SqliteConnectionStringBuilder { DataSource = text };
    }
}
