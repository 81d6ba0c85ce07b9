using Microsoft.Data.Sqlite;

namespace DbMove.Package.Tests;

/// <summary>The databases that the new programs move.</summary>
internal static class Tables
{
    /// <summary>The tables of Shop.Domain, with these customers' orders.</summary>
    public static string CreateShop(string path, string customerColumn, params string[] customers) => Create(
        path,
        [
            $"CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, {customerColumn} TEXT NOT NULL, total TEXT NOT NULL)",
            "CREATE TABLE order_lines (order_id INTEGER NOT NULL, article INTEGER NOT NULL, state TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (order_id, article))",
            .. customers.Select(name => $"INSERT INTO orders ({customerColumn}, total) VALUES ('{name}', '1.5')"),
        ]);

    public static string Create(string path, params string[] statements)
    {
        using SqliteConnection connection = Open(path);
        foreach (string statement in statements)
        {
            using SqliteCommand command = new(statement, connection);
            command.ExecuteNonQuery();
        }

        return path;
    }

    public static List<string> Read(string path, string query)
    {
        using SqliteConnection connection = Open(path);
        using SqliteCommand command = new(query, connection);
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
