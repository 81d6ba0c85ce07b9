namespace DbMove.Reads;

/// <summary>The two percentages as they are now. Whoever reads asks them for every read.</summary>
internal sealed class ReadSettings
{
    private int _target;
    private int _shadow;

    public int Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    public int Shadow
    {
        get => Volatile.Read(ref _shadow);
        set => Volatile.Write(ref _shadow, value);
    }
}
