namespace DbMove;

/// <summary>Names the table on the target where it differs from the source's.</summary>
/// <param name="name">The table's name on the target, unquoted.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TargetTableAttribute(string name) : Attribute
{
    /// <summary>The table's name on the target, unquoted.</summary>
    public string Name { get; } = name;

    /// <summary>The schema on the target. Default: none, so the connection's search path decides.</summary>
    public string? Schema { get; set; }
}
