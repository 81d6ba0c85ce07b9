using DbMove;

namespace Shop.Domain;

public enum Signed8 : sbyte { None = -1 }

public enum Unsigned8 : byte { None }

public enum Signed16 : short { None }

public enum Unsigned16 : ushort { None }

public enum Signed32 { None }

public enum Unsigned32 : uint { None }

public enum Signed64 : long { None }

public enum Unsigned64 : ulong { None = ulong.MaxValue }

[Migratable]
public sealed partial class Flagged
{
    public Signed32 Id { get; set; }

    public Signed8 A { get; set; }

    public Unsigned8? B { get; set; }

    public Signed16 C { get; set; }

    public Unsigned16? D { get; set; }

    public Signed32? E { get; set; }

    public Unsigned32 F { get; set; }

    public Signed64? G { get; set; }

    public Unsigned64 H { get; set; }

    // {new column}
}
