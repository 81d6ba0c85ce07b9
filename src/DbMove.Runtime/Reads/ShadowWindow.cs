namespace DbMove.Reads;

/// <summary>
/// The figures of the shadow reads of one epoch, and of its newest decided ones, which the gate judges: after a repair good
/// reads push the mismatch out, so no restart is needed.
/// </summary>
internal sealed class ShadowWindow(int size)
{
    private readonly Lock _lock = new();
    private readonly bool[] _mismatches = new bool[size];
    private long _epoch = -1;
    private long _sampled;
    private long _matched;
    private long _mismatched;
    private long _undecided;
    private long _dropped;
    private long _failed;
    private int _next;
    private int _judged;
    private int _judgedMismatches;

    /// <summary>Adds what became of reads of an epoch; a newer epoch begins anew, an older one is past.</summary>
    public void Add(long epoch, ShadowCounts counts)
    {
        lock (_lock)
        {
            if (epoch < _epoch)
            {
                return;
            }

            if (epoch > _epoch)
            {
                _epoch = epoch;
                (_sampled, _matched, _mismatched, _undecided, _dropped, _failed) = (0, 0, 0, 0, 0, 0);
                (_next, _judged, _judgedMismatches) = (0, 0, 0);
            }

            _sampled += counts.Sampled;
            _matched += counts.Matched;
            _mismatched += counts.Mismatched;
            _undecided += counts.Undecided;
            _dropped += counts.Dropped;
            _failed += counts.Failed;
            Push(counts.Matched, isMismatch: false);
            Push(counts.Mismatched, isMismatch: true);
        }
    }

    /// <summary>The figures, if they are of this epoch.</summary>
    public ShadowFigures FiguresIn(long epoch)
    {
        lock (_lock)
        {
            return epoch == _epoch ? new(_sampled, _matched, _mismatched, _undecided, _dropped, _failed, _judged, _judgedMismatches) : ShadowFigures.None;
        }
    }

    private void Push(int count, bool isMismatch)
    {
        for (int each = 0; each < count; each++)
        {
            if (_judged == size)
            {
                _judgedMismatches -= _mismatches[_next] ? 1 : 0;
            }
            else
            {
                _judged++;
            }

            _mismatches[_next] = isMismatch;
            _judgedMismatches += isMismatch ? 1 : 0;
            _next = (_next + 1) % size;
        }
    }
}
