using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Two times in columns of the test's choice.</summary>
[Migratable, Table("shift")]
public sealed partial record Shift
{
    [Column("id")]
    public long Id { get; init; }

    [Column("begins")]
    public DateTime Begins { get; init; }

    [Column("ends")]
    public DateTime Ends { get; init; }
}
