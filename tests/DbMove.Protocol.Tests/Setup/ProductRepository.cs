namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements that say nothing of the text that arrays travel as.</summary>
public sealed partial class ProductRepository
{
    [Sql("SELECT * FROM product WHERE id = @id")]
    public partial Task<Product?> ReadAsync(long id, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("SELECT tags, sizes, flags FROM product WHERE id = @id")]
    public partial Task<ProductLists> ReadListsAsync(long id, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("UPDATE product SET picture = NULL WHERE id = @id")]
    public partial Task<Product?> ClearPictureAsync(long id, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);
}

public sealed record ProductLists(string[] Tags, int[]? Sizes, bool[] Flags);
