namespace DbMove;

/// <summary>Names the column on the target, or its type, where they differ from the source's.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TargetColumnAttribute : Attribute
{
    /// <summary>Says something of a column that has the source's name.</summary>
    public TargetColumnAttribute()
    {
    }

    /// <summary>Names the column.</summary>
    /// <param name="name">The column's name on the target, unquoted.</param>
    public TargetColumnAttribute(string name) => Name = name;

    /// <summary>The column's name on the target, unquoted; null: the source's.</summary>
    public string? Name { get; }

    /// <summary>
    /// The column's type on the target, as its table was created: <c>numeric(12,2)</c>; null: not said. The compiler is told (DBM1018) when the type
    /// holds less than the member. Values are bound by the database's catalogue, as with the source's <c>[Column(TypeName = …)]</c>.
    /// </summary>
    public string? TypeName { get; set; }
}
