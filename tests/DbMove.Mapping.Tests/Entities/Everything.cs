namespace DbMove.Mapping.Tests.Entities;

[Migratable]
public sealed partial class Everything
{
    public long Id { get; set; }

    public bool Boolean { get; set; }

    public byte Byte { get; set; }

    public sbyte SByte { get; set; }

    public short Int16 { get; set; }

    public ushort UInt16 { get; set; }

    public int Int32 { get; set; }

    public uint UInt32 { get; set; }

    public ulong UInt64 { get; set; }

    public decimal Decimal { get; set; }

    public double Double { get; set; }

    public float Single { get; set; }

    public string String { get; set; } = "";

    public char Char { get; set; }

    public Guid Guid { get; set; }

    public DateTime DateTime { get; set; }

    public DateTimeOffset DateTimeOffset { get; set; }

    public DateOnly DateOnly { get; set; }

    public TimeOnly TimeOnly { get; set; }

    public TimeSpan TimeSpan { get; set; }

    public byte[] Bytes { get; set; } = [];

    public DayOfWeek Enum { get; set; }

    public int? Absent { get; set; }

    public string? AbsentText { get; set; }

    public DayOfWeek? AbsentEnum { get; set; }
}
