namespace DbMove;

/// <summary>
/// Marks an entity whose table moves from the source to the target. The type must be <c>partial</c> and have a key;
/// the generator then emits its map, comparer, fixer and dual-write repository.
/// </summary>
/// <remarks>
/// The standard attributes of <c>System.ComponentModel.DataAnnotations</c> and its <c>Schema</c> namespace are honoured:
/// <c>[Table]</c>, <c>[Key]</c>, <c>[Column]</c>, <c>[DatabaseGenerated]</c>, <c>[NotMapped]</c>, <c>[Required]</c>,
/// <c>[ConcurrencyCheck]</c>, <c>[Timestamp]</c>, <c>[ForeignKey]</c>, <c>[InverseProperty]</c>. Those that only check values, as
/// <c>[MaxLength]</c> does, are left to validation: DbMove creates no columns and cuts no values.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class MigratableAttribute : Attribute
{
    /// <summary>
    /// The name of the entity in intents, events, metrics and URLs. Default: the name of the source table.
    /// Set it when two entities share a table name in two schemas. Danger: changing it while a migration runs
    /// orphans the open intents of the old name.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>When two values of a column are equal, where no attribute on the member says otherwise. Default: by value.</summary>
    public EntityComparison Comparison { get; set; }
}
