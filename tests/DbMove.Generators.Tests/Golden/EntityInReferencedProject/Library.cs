using DbMove;

namespace Shop.Library;

[Migratable]
public sealed partial class Carrier
{
    public long Id { get; set; }

    public string Name { get; set; } = "";
}

public enum Mode : byte
{
    Road,
    Rail,
}
