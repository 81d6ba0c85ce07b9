using System.Data.Common;
using DbMove.Backfill;
using DbMove.Dialects;
using DbMove.Pool;
using DbMove.Repair;
using DbMove.Validation;

namespace DbMove.Mapping;

/// <summary>One entity within one migration: its stores on both sides. The typed half knows entity and key.</summary>
internal abstract class EntityBinding
{
    /// <summary>The entity.</summary>
    public abstract EntityDescriptor Descriptor { get; }

    /// <summary>The entity's wire name.</summary>
    public string Name => Descriptor.Name;

    /// <summary>
    /// Whether a row of the target may stand for the source's. Read there and written back to the source, it would take away the value of a
    /// column that the target lacks, and bring along what a comparison policy overlooks, of which no validation can say that it is the same.
    /// </summary>
    public bool MayReadTarget => Descriptor.Columns.All(column => column.OnlyOn != Side.Source && column.Comparison == ColumnComparison.Value);

    /// <summary>Place in the order of the target's foreign keys: parents before children.</summary>
    public int Rank { get; set; }

    /// <summary>The tables as the catalogues describe them, by side. Set when the schema check has passed.</summary>
    public TableSchema[] Tables { get; protected set; } = [];

    /// <summary>Composes the statements of both sides.</summary>
    public abstract void Compose(SideDatabase[] databases, StoreDefinition[] definitions);

    /// <summary>The composed statements of a side, by name.</summary>
    public abstract IReadOnlyDictionary<string, string> StatementsOn(Side side);

    /// <summary>Checks that a text is a key of this entity.</summary>
    public abstract bool IsKey(string text);

    /// <summary>Prepares, on a side's session, what writes one image.</summary>
    public abstract Task PrepareImagesAsync(SideSession session, CancellationToken cancellationToken);

    /// <summary>Every mapped column as a row that a caller's own statement returns is read.</summary>
    public abstract string ListColumns(Side side, string qualifier);

    /// <summary>Adds a parameter to a caller's own statement, in the form in which a column stores it.</summary>
    public abstract void Bind(Side side, DbCommand command, string name, int ordinal, object? value);

    /// <summary>Whether a parameter is the same for both of these columns.</summary>
    public abstract bool BindsAlike(Side side, int first, int second);

    /// <summary>Collects the images that a transaction writes.</summary>
    public abstract EntityChanges CreateChanges();

    /// <summary>The typed part of a repair.</summary>
    public abstract EntityRepair CreateRepair();

    /// <summary>Moves the follower's counter beyond every number that either side has given out or holds.</summary>
    public abstract Task AdvanceIdentityAsync(SideSession authority, SideSession follower, CancellationToken cancellationToken);

    /// <summary>The typed part of the backfill.</summary>
    public abstract EntityBackfill CreateBackfill();

    /// <summary>The typed part of a validation.</summary>
    public abstract EntityValidation CreateValidation();
}
