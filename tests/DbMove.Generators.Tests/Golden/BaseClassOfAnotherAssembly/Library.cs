using System;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Library;

public abstract class TrackedRow
{
    [Key, Column("row_id")]
    public Guid Id { get; protected set; }

    [UpdatedAt]
    public DateTimeOffset ChangedAt { get; protected internal set; }

    [TargetColumn("caption")]
    public virtual string Label { get; set; } = "";

    [NotMapped]
    public object? Tag { get; set; }

    internal int Hidden { get; set; }
}
