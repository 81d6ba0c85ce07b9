using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.PostgreSql.Tests.Entities;

/// <summary>One member of every type.</summary>
[Migratable, Table("everything")]
public sealed partial class Everything
{
    public const string Definition = """
        CREATE TYPE mood AS ENUM ('glad', 'sad');
        CREATE DOMAIN euro AS numeric(15,2) CHECK (VALUE > -1000000);
        CREATE TABLE everything (
            "Id" uuid PRIMARY KEY, "Flag" boolean, "FlagNumber" smallint, "Byte" smallint, "SByte" smallint, "Int16" smallint, "UInt16" integer,
            "Int32" integer, "UInt32" bigint, "Int64" bigint, "UInt64" numeric(20), "Exact" numeric, "Money" euro, "Double" double precision,
            "Single" real, "Text" text, "Short" varchar(10), "Padded" char(6), "Letter" varchar(1), "Json" json, "Jsonb" jsonb, "Mood" mood,
            "Uid" uuid, "UidText" text, "Clock" timestamp, "Coarse" timestamp(3), "UtcClock" timestamptz, "Instant" timestamptz, "Day" date,
            "Time" time, "Span" interval, "Data" bytea);
        """;

    [Key]
    public Guid Id { get; set; }

    public bool? Flag { get; set; }

    public bool? FlagNumber { get; set; }

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

    public string? Short { get; set; }

    public string? Padded { get; set; }

    public char? Letter { get; set; }

    public string? Json { get; set; }

    public string? Jsonb { get; set; }

    public string? Mood { get; set; }

    public Guid? Uid { get; set; }

    public Guid? UidText { get; set; }

    public DateTime? Clock { get; set; }

    public DateTime? Coarse { get; set; }

    public DateTime? UtcClock { get; set; }

    public DateTimeOffset? Instant { get; set; }

    public DateOnly? Day { get; set; }

    public TimeOnly? Time { get; set; }

    public TimeSpan? Span { get; set; }

    public byte[]? Data { get; set; }
}
