namespace DbMove;

/// <summary>Names the column on the target where it differs from the source's.</summary>
/// <param name="name">The column's name on the target, unquoted.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TargetColumnAttribute(string name) : Attribute
{
    /// <summary>The column's name on the target, unquoted.</summary>
    public string Name { get; } = name;
}
