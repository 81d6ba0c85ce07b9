namespace Quickstart.Seeding;

/// <summary>
/// Random numbers that depend only on the seed and on what they are drawn for, so that any row can be made again on its own
/// (SplitMix64: Steele, Lea, Flood).
/// </summary>
internal readonly struct Draw(int seed, int purpose, long id)
{
    private readonly ulong _state = Mix(Mix((ulong)(uint)seed ^ ((ulong)(uint)purpose << 32)) ^ (ulong)id);

    /// <summary>A number from 0 up to, and without, the bound; another one for each field.</summary>
    public int Below(int field, int bound) => (int)(Bits(field) % (uint)bound);

    /// <summary>A number from 0 up to, and without, 1.</summary>
    public double Unit(int field) => (Bits(field) >> 11) * (1.0 / (1UL << 53));

    private ulong Bits(int field) => Mix(_state + ((ulong)(uint)field * 0x9E3779B97F4A7C15));

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
