using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

/// <summary>The number of an article.</summary>
/// <param name="Value">The number.</param>
public readonly record struct ArticleId(long Value);

/// <summary>How far a line is.</summary>
public enum LineState
{
    /// <summary>Ordered.</summary>
    Open,

    /// <summary>On its way.</summary>
    Sent,
}

/// <summary>A line of an order.</summary>
[Migratable, Table("order_lines")]
public partial class OrderLine
{
    /// <summary>The order.</summary>
    [Key, Column("order_id", Order = 1)]
    public long OrderId { get; init; }

    /// <summary>The article.</summary>
    [Key, Column("article", Order = 2)]
    public ArticleId Article { get; init; }

    /// <summary>How far it is.</summary>
    [Column("state"), StoreAsText]
    public LineState State { get; set; }

    /// <summary>When it changed.</summary>
    [Column("changed_at"), UpdatedAt]
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>Lines, with a method of their own.</summary>
public partial class OrderLineRepository
{
    /// <summary>The line of one article.</summary>
    public Task<OrderLine?> FindAsync(long order, long article, CancellationToken cancellationToken = default) =>
        FindAsync(new OrderLineKey(order, new ArticleId(article)), cancellationToken: cancellationToken);
}
