using System.Reflection;
using DbMove.Migrations.Tests.Databases;

namespace DbMove.Migrations.Tests.Chinook;

/// <summary>What every acknowledged write made of its row: the last image by table and key, null when it was deleted.</summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Table, string Key), string?> _rows = [];
    private int _writes;

    /// <summary>Acknowledged writes.</summary>
    public int Writes => Volatile.Read(ref _writes);

    public void Written<TEntity>(string table, TEntity image)
        where TEntity : notnull
    {
        string[] values = ValuesOf(image);
        Set(table, ChinookData.KeyOf(table, values), string.Join('|', values));
    }

    public void Deleted<TEntity>(string table, TEntity image)
        where TEntity : notnull => Set(table, ChinookData.KeyOf(table, ValuesOf(image)), null);

    /// <summary>A table's rows as they must be: those of the script, and over them what was acknowledged.</summary>
    public Dictionary<string, string> Over(string table, Dictionary<string, string> rows)
    {
        Dictionary<string, string> expected = new(rows);
        lock (_lock)
        {
            foreach (((string name, string key), string? row) in _rows.Where(pair => pair.Key.Table == table))
            {
                if (row is null)
                {
                    expected.Remove(key);
                }
                else
                {
                    expected[key] = row;
                }
            }
        }

        return expected;
    }

    private void Set(string table, string key, string? row)
    {
        lock (_lock)
        {
            _rows[(table, key)] = row;
        }

        Interlocked.Increment(ref _writes);
    }

    // The members stand in the order of the script's columns.
    private static string[] ValuesOf<TEntity>(TEntity image) =>
        [.. typeof(TEntity).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => CanonicalText.Of(property.GetValue(image)))];
}
