namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements whose rows come in the form of the side that answers.</summary>
public sealed partial class InvoiceRepository
{
    [Sql("SELECT * FROM invoice ORDER BY id")]
    public partial Task<IReadOnlyList<Invoice>> ReadAsync(DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("SELECT 7 AS another, i.* FROM invoice AS i ORDER BY id")]
    public partial Task<IReadOnlyList<Invoice>> ReadAfterAnotherAsync();

    [Sql("SELECT carriage, total FROM invoice WHERE id = @id")]
    public partial Task<InvoiceTotal> ReadTotalAsync(long id, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);
}

public sealed record InvoiceTotal(Carriage Carriage, decimal Total);
