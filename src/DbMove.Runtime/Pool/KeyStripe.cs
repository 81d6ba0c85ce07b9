namespace DbMove.Pool;

/// <summary>
/// Which key lock stands for a key. Stripes are few, because every one held takes a place in the server's lock table; two
/// keys on one stripe only wait for each other.
/// </summary>
internal static class KeyStripe
{
    /// <summary>How many stripes there are. The same in every process of a migration, so it never changes.</summary>
    public const int Count = 512;

    /// <summary>The stripe of a key: FNV-1a over entity and key text (Fowler, Noll, Vo).</summary>
    public static int Of(string entity, string key)
    {
        uint hash = 2166136261;
        foreach (char value in entity)
        {
            hash = (hash ^ value) * 16777619;
        }

        hash = (hash ^ 0x1F) * 16777619;
        foreach (char value in key)
        {
            hash = (hash ^ value) * 16777619;
        }

        return (int)((hash ^ (hash >> 16)) % Count);
    }

    /// <summary>The stripes of many keys, ascending and distinct: the order in which they are locked.</summary>
    public static int[] Sorted(IEnumerable<(string Entity, string Key)> keys)
    {
        SortedSet<int> stripes = [];
        foreach ((string entity, string key) in keys)
        {
            stripes.Add(Of(entity, key));
        }

        return [.. stripes];
    }
}
