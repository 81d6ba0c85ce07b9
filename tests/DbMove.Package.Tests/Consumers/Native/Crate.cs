using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using DbMove;

/// <summary>The key of a crate.</summary>
internal readonly record struct CrateId(long Value);

internal enum Wood
{
    Oak,
    Pine,
}

internal sealed record Place(string Hall, int Row);

[JsonSerializable(typeof(Place))]
internal sealed partial class CrateJson : JsonSerializerContext;

internal sealed class GramsConverter : IValueConverter<decimal, long>
{
    public static long ToStored(decimal value) => checked((long)(value * 1000));

    public static decimal FromStored(long stored) => stored / 1000m;
}

internal sealed class TailComparer : IValueComparer<string>
{
    public static bool AreEqual(string left, string right) => left.AsSpan().TrimEnd('.').SequenceEqual(right.AsSpan().TrimEnd('.'));

    public static void AddToHash(string value, ref DbMove.Mapping.RowHash hash) => hash.Add(value.TrimEnd('.'));
}

/// <summary>Every form of a column in one entity: none of them may need what Native AOT does not have.</summary>
[Migratable, Table("crates")]
internal sealed partial record Crate
{
    [Column("id")]
    public CrateId Id { get; init; }

    [Column("wood"), StoreAsText]
    public Wood Wood { get; init; }

    [Column("lid"), StoreAsText(Side.Target)]
    public Wood? Lid { get; init; }

    [Column("weight"), Convert<GramsConverter>(Side.Target)]
    public decimal Weight { get; init; }

    [Column("place"), Json<CrateJson>]
    public Place? Place { get; init; }

    [Column("marks")]
    public string[] Marks { get; init; } = [];

    [Column("sizes")]
    public int[]? Sizes { get; init; }

    [Column("version"), Timestamp]
    public long Version { get; init; }

    [Column("owner"), ConcurrencyCheck, CompareText(TextComparison.Trimmed | TextComparison.IgnoreCase)]
    public string? Owner { get; init; }

    [Column("remark"), CompareWith<TailComparer>]
    public string? Remark { get; init; }

    [Column("tilt"), CompareTolerance(0.5)]
    public double Tilt { get; init; }

    [Column("seen_at"), ComparePrecision(TimePrecision.Milliseconds)]
    public DateTimeOffset SeenAt { get; init; }

    [Column("settings"), CompareJson]
    public string? Settings { get; init; }

    [SourceOnly, Column("old_code")]
    public string? OldCode { get; init; }

    [TargetOnly, TargetColumn("search")]
    public string? Search { get; init; }
}

internal sealed record WoodWeight(Wood Wood, int Crates);

/// <summary>Statements of one's own, in every form of a result.</summary>
internal sealed partial class CrateRepository
{
    [Sql("SELECT id FROM crates WHERE wood = @wood ORDER BY id")]
    public partial IAsyncEnumerable<CrateId> StreamAsync(Wood wood);

    [Sql("SELECT wood, COUNT(*) AS crates FROM crates GROUP BY wood ORDER BY wood")]
    public partial Task<IReadOnlyList<WoodWeight>> CountAsync();

    [Sql("UPDATE crates SET owner = @owner, version = version + 1 WHERE id = @id")]
    public partial Task<int> GiveAsync(CrateId id, string owner);
}
