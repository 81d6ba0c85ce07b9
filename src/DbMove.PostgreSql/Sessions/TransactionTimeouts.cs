using System.Collections.Concurrent;
using System.Globalization;
using DbMove.Dialects;

namespace DbMove.PostgreSql.Sessions;

/// <summary>The statements that limit a transaction's waits.</summary>
internal sealed class TransactionTimeouts
{
    // Time-outs come from options, so there are a few different starts. The bound is for a caller that computes them.
    private const int MaxCached = 64;

    private readonly ConcurrentDictionary<(TimeSpan Lock, TimeSpan Idle), (string Lock, string Idle)> _texts = new();

    public (string Lock, string Idle) For(TransactionStart start)
    {
        (TimeSpan, TimeSpan) key = (start.LockTimeout, start.IdleTimeout);
        if (_texts.TryGetValue(key, out (string Lock, string Idle) texts))
        {
            return texts;
        }

        // SET LOCAL is a utility statement and takes no snapshot; SELECT set_config() would, before the fence.
        texts = ("SET LOCAL lock_timeout = " + Milliseconds(start.LockTimeout),
            "SET LOCAL idle_in_transaction_session_timeout = " + Milliseconds(start.IdleTimeout));
        if (_texts.Count < MaxCached)
        {
            _texts.TryAdd(key, texts);
        }

        return texts;
    }

    // 0 would mean "no limit" to the server, so a tiny limit is a millisecond and only an infinite one is 0.
    private static string Milliseconds(TimeSpan timeout) =>
        (timeout < TimeSpan.Zero ? 0 : (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 1, int.MaxValue))
        .ToString(CultureInfo.InvariantCulture);
}
