using System;
using DbMove;

namespace Shop.Domain;

[Migratable]
public partial class Ticket
{
    private Ticket()
    {
    }

    public required Guid TicketId { get; init; }

    public required string Subject { get; init; }

    public DateTime Opened { get; private set; }

    [Obsolete("Kept for old rows.")]
    public int Priority { get; protected set; }

    public bool IsOld => Opened.Year < 2000;

    // {new column}
}
