namespace DbMove.Chaos.Traffic;

/// <summary>A seed that is the same in every process; <see cref="System.HashCode"/> is not.</summary>
internal static class StableSeed
{
    public static int Of(params ReadOnlySpan<long> values)
    {
        ulong hash = 14695981039346656037;
        foreach (long value in values)
        {
            hash = (hash ^ (ulong)value) * 1099511628211;
            hash ^= hash >> 29;
        }

        return (int)(hash & int.MaxValue);
    }
}
