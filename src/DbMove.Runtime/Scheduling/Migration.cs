namespace DbMove;

/// <summary>A named set of entities moving from one source to one target.</summary>
public sealed class Migration
{
    internal Migration(string name) => Name = name;

    /// <summary>The migration's name.</summary>
    public string Name { get; }
}
