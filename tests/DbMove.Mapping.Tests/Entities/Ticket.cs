using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Mapping.Tests.Entities;

/// <summary>A key that the database makes, a version that it counts, and forms that are stored otherwise.</summary>
[Migratable, Table("tickets")]
internal sealed partial class Ticket
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public int Id { get; init; }

    public required string Title { get; set; }

    [StoreAsText]
    public DayOfWeek Day { get; set; }

    public byte[] Stamp { get; set; } = [];

    [Timestamp]
    public long Version { get; set; }
}

internal sealed partial class TicketRepository
{
    [Sql("UPDATE tickets SET Title = Title || @suffix, Version = Version + 1 WHERE Day = @day")]
    public partial Task<int> AppendAsync(string suffix, DayOfWeek day = DayOfWeek.Friday, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);
}
