namespace DbMove.Reads;

/// <summary>Which hundredth of the keys a key belongs to.</summary>
internal static class RampBucket
{
    /// <summary>
    /// 0 to 99: FNV-1a over entity and key text (Fowler, Noll, Vo), mixed as MurmurHash3 ends (Appleby). The same in every
    /// process of a migration, whatever the version, so it never changes: one process would read a key from one side and
    /// the next from the other.
    /// </summary>
    public static int Of(string entity, string key)
    {
        ulong hash = Add(14695981039346656037, entity);
        hash = (hash ^ 0x1F) * 1099511628211;
        hash = Add(hash, key);

        // Neighbouring keys differ in their last characters only, which FNV leaves in the low bits.
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return (int)((hash ^ (hash >> 33)) % 100);
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (char value in text)
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }
}
