using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Sqlite.Tests.Entities;

/// <summary>One member of every type.</summary>
[Migratable, Table("everything")]
public sealed partial class Everything
{
    public const string Definition = """
        CREATE TABLE everything (
            "Id" TEXT NOT NULL PRIMARY KEY, "Flag" BOOLEAN, "Byte" INTEGER, "SByte" INTEGER, "Int16" INTEGER, "UInt16" INTEGER, "Int32" INTEGER,
            "UInt32" INTEGER, "Int64" BIGINT, "UInt64" INTEGER, "Exact" TEXT, "Money" DECIMAL(15,2), "Double" REAL, "Single" REAL, "Text" TEXT,
            "Letter" TEXT, "Uid" UNIQUEIDENTIFIER, "Clock" DATETIME, "Instant" DATETIMEOFFSET, "Day" DATE, "Time" TIME, "Span" INTERVAL, "Data" BLOB);
        """;

    [Key]
    public Guid Id { get; set; }

    public bool? Flag { get; set; }

    public byte? Byte { get; set; }

    public sbyte? SByte { get; set; }

    public short? Int16 { get; set; }

    public ushort? UInt16 { get; set; }

    public int? Int32 { get; set; }

    public uint? UInt32 { get; set; }

    public long? Int64 { get; set; }

    public ulong? UInt64 { get; set; }

    public decimal? Exact { get; set; }

    public decimal? Money { get; set; }

    public double? Double { get; set; }

    public float? Single { get; set; }

    public string? Text { get; set; }

    public char? Letter { get; set; }

    public Guid? Uid { get; set; }

    public DateTime? Clock { get; set; }

    public DateTimeOffset? Instant { get; set; }

    public DateOnly? Day { get; set; }

    public TimeOnly? Time { get; set; }

    public TimeSpan? Span { get; set; }

    public byte[]? Data { get; set; }
}
