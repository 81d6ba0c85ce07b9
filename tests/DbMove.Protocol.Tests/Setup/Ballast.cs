using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Rows that can be counted while they are in memory.</summary>
[Migratable, Table("ballast")]
public sealed partial class Ballast
{
    private static readonly ConcurrentBag<WeakReference> s_read = [];

    [Key, Column("id")]
    public long Id { get; init; }

    [Column("content")]
    public string? Content
    {
        get;
        init
        {
            field = value;
            s_read.Add(new WeakReference(this));
        }
    }

    /// <summary>How many have been read so far, and how many of them are still held by anyone.</summary>
    public static (int Read, int Held) Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return (s_read.Count, s_read.Count(row => row.IsAlive));
    }
}
