namespace DbMove.Nats.Delivery;

/// <summary>
/// Tells a dead consumer from a hiccup. All processes share the consumer, so it is dead only if this process has proof over
/// <see cref="s_proof"/>: no pull of any loop was answered, the server answered every look, nothing moved, and no pull waits
/// at the server although one of ours is out.
/// </summary>
internal sealed class SilenceRecord(TimeProvider time)
{
    private static readonly TimeSpan s_proof = TimeSpan.FromSeconds(15);

    // Two looks further apart than this say nothing about the time between: the process or the network stood still.
    private static readonly TimeSpan s_longestGap = TimeSpan.FromSeconds(10);

    // One silence, or several at once, is what a deletion or a hiccup leaves behind.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private ConsumerFigures? _figures;
    private bool _isSilent;
    private bool _isRenewed;
    private long _silent;
    private long _firstLook;
    private long _lastLook;
    private long? _replaced;

    /// <summary>A pull was not answered, and none has been answered since.</summary>
    public bool IsSilent
    {
        get
        {
            lock (_lock)
            {
                return _isSilent;
            }
        }
    }

    /// <summary>A pull was answered, with whatever it was.</summary>
    public void Answer()
    {
        lock (_lock)
        {
            (_isSilent, _isRenewed, _figures) = (false, false, null);
        }
    }

    /// <summary>A pull was not answered. True, once until an answer: this goes on, and the connection is to be made again.</summary>
    public bool Silence()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            (_isSilent, _silent) = (true, _isSilent ? _silent : now);
            return !_isRenewed && (_isRenewed = time.GetElapsedTime(_silent, now) >= s_patience);
        }
    }

    /// <summary>The server has answered a look while a pull of ours was out. True: the consumer is dead, and is to be replaced now.</summary>
    public bool IsDead(ConsumerFigures look)
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            if (!_isSilent || look.Waiting > 0)
            {
                _figures = null;
                return false;
            }

            if (_figures != look || time.GetElapsedTime(_lastLook, now) > s_longestGap)
            {
                (_figures, _firstLook) = (look, now);
            }

            _lastLook = now;
            if (time.GetElapsedTime(_firstLook, now) < s_proof || (_replaced is { } replaced && time.GetElapsedTime(replaced, now) < s_pause))
            {
                return false;
            }

            (_figures, _replaced) = (null, now);
            return true;
        }
    }
}
