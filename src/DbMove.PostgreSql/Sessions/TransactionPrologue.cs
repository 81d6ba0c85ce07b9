using System.Text;
using DbMove.Dialects;

namespace DbMove.PostgreSql.Sessions;

/// <summary>The fence and the key locks of one migration on one side.</summary>
internal sealed class TransactionPrologue
{
    public TransactionPrologue(ControlNames control, Side side)
    {
        string fence = PostgreSqlSyntax.Instance.Quote(control.Fence(side));
        SharedFence = $"LOCK TABLE {fence} IN ROW SHARE MODE";
        ExclusiveFence = $"LOCK TABLE {fence} IN EXCLUSIVE MODE";
        KeyLockSpace = KeySpace(control, side);
    }

    public string SharedFence { get; }

    public string ExclusiveFence { get; }

    /// <summary>The first half of the advisory locks of this migration and side; stripes are the second half.</summary>
    public int KeyLockSpace { get; }

    // FNV-1a: the same in every process, which string.GetHashCode is not.
    private static int KeySpace(ControlNames control, Side side)
    {
        uint hash = 2166136261;
        foreach (byte octet in Encoding.UTF8.GetBytes($"{control.Prefix}/{control.Migration}/{side.ToWireName()}"))
        {
            hash = (hash ^ octet) * 16777619;
        }

        return unchecked((int)hash);
    }
}
