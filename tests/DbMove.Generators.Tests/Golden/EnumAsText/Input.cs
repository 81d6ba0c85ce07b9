using DbMove;

namespace Shop.Domain;

public enum State : byte
{
    Open,
    Paid,
    Settled = Paid,
    @default = 9,
}

public readonly record struct Stage(State Value);

[Migratable]
public sealed partial class Bill
{
    public long Id { get; set; }

    [StoreAsText, TargetColumn("status")]
    public State State { get; set; }

    [StoreAsText]
    public State? Previous { get; set; }

    [StoreAsText]
    public Stage Stage { get; set; }

    public State Number { get; set; }

    // {new column}
}
