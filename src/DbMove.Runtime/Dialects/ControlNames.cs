namespace DbMove.Dialects;

/// <summary>The names of the control tables of one migration. All start with a prefix; the fence is a table per migration and side.</summary>
/// <param name="Migration">The migration's name.</param>
/// <param name="Prefix">The prefix, default <c>dbmove_</c>.</param>
public sealed record ControlNames(string Migration, string Prefix = "dbmove_")
{
    /// <summary>Version of the control tables, one row a database.</summary>
    public string Version => Prefix + "version";

    /// <summary>The control rows: name, side, epoch, stage, prepared.</summary>
    public string MigrationTable => Prefix + "migration";

    /// <summary>Open intents.</summary>
    public string Intent => Prefix + "intent";

    /// <summary>Keys that incremental validation has yet to verify.</summary>
    public string Check => Prefix + "check";

    /// <summary>Ranges that a replayed statement may have touched.</summary>
    public string Dirty => Prefix + "dirty";

    /// <summary>Position and claim of backfill ranges.</summary>
    public string Progress => Prefix + "progress";

    /// <summary>Validation passes and their outcome.</summary>
    public string Validation => Prefix + "validation";

    /// <summary>Events, with or without a broker.</summary>
    public string Event => Prefix + "event";

    /// <summary>The instances that run this migration, with the epoch that each has seen.</summary>
    public string Instance => Prefix + "instance";

    /// <summary>Which instance leads, and until when.</summary>
    public string Lease => Prefix + "lease";

    /// <summary>Every switch and override.</summary>
    public string Audit => Prefix + "audit";

    /// <summary>The table that is locked as one side's fence.</summary>
    public string Fence(Side side) => Prefix + "fence_" + Migration.Replace('-', '_') + "_" + side.ToWireName();
}
