using DbMove.Sqlite;

namespace DbMove;

/// <summary>Makes a SQLite file a side of a migration.</summary>
public static class SqliteMigrationBuilderExtensions
{
    /// <summary>The tables leave this SQLite file.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="pathOrConnectionString">
    /// A file's path, or a connection string of Microsoft.Data.Sqlite. The file must exist: DbMove never creates one. Its
    /// mode, cache and pooling are DbMove's own choice.
    /// </param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// DbMove turns the write-ahead log on when it makes its control tables; that stays on. SQLite has one writer at a time:
    /// writers of this process queue without holding a thread, writers of other processes are waited for up to the lock
    /// time-out. Danger: SQLite has no server that could end a frozen process, so one that stops inside a write
    /// transaction holds the lock until it goes on or dies.
    /// </remarks>
    /// <exception cref="ArgumentException">The text names no file: it is empty, in memory, read-only or a URI.</exception>
    public static MigrationBuilder FromSqlite(this MigrationBuilder builder, string pathOrConnectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        SqliteLocation location = SqliteLocation.Parse(pathOrConnectionString, $"The source of migration '{builder.Name}'");
        return builder.From(side => new SqliteDatabase(side, location));
    }

    /// <summary>The tables move to this SQLite file. See <see cref="FromSqlite"/> for what is done to the file.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="pathOrConnectionString">A file's path, or a connection string of Microsoft.Data.Sqlite. The file must exist.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The text names no file: it is empty, in memory, read-only or a URI.</exception>
    public static MigrationBuilder ToSqlite(this MigrationBuilder builder, string pathOrConnectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        SqliteLocation location = SqliteLocation.Parse(pathOrConnectionString, $"The target of migration '{builder.Name}'");
        return builder.To(side => new SqliteDatabase(side, location));
    }
}
