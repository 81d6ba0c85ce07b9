namespace DbMove.Scheduling;

/// <summary>
/// Keeps an engine under a number of rows a second: what was read is charged, and the next read waits until it is paid.
/// One pacer is shared by all workers.
/// </summary>
internal sealed class RowPacer(int? rowsPerSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _origin = time.GetTimestamp();
    private TimeSpan _paidAt;

    /// <summary>Rows that one read should ask for at most, so that a slow pace is even and not in bursts.</summary>
    public int Bound(int rows) => rowsPerSecond is { } rate ? Math.Clamp(rows, 1, Math.Max(1, rate)) : rows;

    /// <summary>Charges rows that were read.</summary>
    public void Spend(long rows)
    {
        if (rowsPerSecond is not { } rate || rows == 0)
        {
            return;
        }

        lock (_lock)
        {
            TimeSpan now = time.GetElapsedTime(_origin);
            _paidAt = (_paidAt > now ? _paidAt : now) + TimeSpan.FromSeconds((double)rows / rate);
        }
    }

    /// <summary>Waits until everything charged so far is paid.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (rowsPerSecond is not null)
        {
            TimeSpan wait;
            lock (_lock)
            {
                wait = _paidAt - time.GetElapsedTime(_origin);
            }

            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
