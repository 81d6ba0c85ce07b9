using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

public interface INamed
{
    string Name { get; }
}

public abstract record Base(long Id)
{
    public object? State { get; init; }

    public virtual int Rank { get; init; }

    public abstract string Kind { get; init; }
}

[Migratable]
public sealed partial record Derived(long Id, string Title) : Base(Id), INamed
{
    public new int State { get; init; }

    public override int Rank { get; init; }

    public override string Kind { get; init; } = "";

    string INamed.Name => Title;

    public string Upper => Title.ToUpperInvariant();

    public static int Count { get; set; }

    // {new column}
}
