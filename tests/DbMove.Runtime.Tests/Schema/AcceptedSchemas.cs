using DbMove.Dialects;
using DbMove.Mapping;
using static DbMove.Runtime.Tests.Schema.RefusedSchemas;

namespace DbMove.Runtime.Tests.Schema;

/// <summary>What looks like a fault and is none; and the warning that it gives, if any.</summary>
internal static class AcceptedSchemas
{
    private const Side S = Side.Source;
    private const Side T = Side.Target;

    public static readonly Dictionary<string, (Action<EntityCase> Change, string? Warning)> All = new()
    {
        ["sound tables"] = (_ => { }, null),
        ["names that differ in case where the engine folds them"] = (e => e.Member(1, c => c with { SourceName = "CUSTOMER_NAME" }).Change(S, t => t with { NamesFoldCase = true }), null),
        ["computed source column that no member maps"] = (e => e.AddColumn(S, Text("note") with { IsComputed = true }), null),
        ["target column with a default"] = (e => e.AddColumn(T, Text("note") with { HasDefault = true }), null),
        ["target column that may be null"] = (e => e.AddColumn(T, Text("note") with { IsNullable = true }), null),
        ["target column that is numbered"] = (e => e.AddColumn(T, Text("note") with { IsAutoNumbered = true }), null),
        ["target column that is computed"] = (e => e.AddColumn(T, Text("note") with { IsComputed = true }), null),
        ["lengths of an array's elements and of a text that holds all of it"] = (e => e.Column(S, 1, c => c with { MaxLength = 50, DeclaredType = "varchar(50)" }).Column(T, 1, c => c with { Kind = StorageKind.Array, MaxLength = 20, DeclaredType = "varchar(20)[]" }), null),
        ["key in another order"] = (e => e.Member(1, c => c with { KeyOrdinal = 1 }).Change(S, t => t with { PrimaryKey = ["customer_name", "id"] }).Change(T, t => t with { PrimaryKey = ["id", "customer"] }), null),
        ["float beside the key"] = (e => e.Columns(2, c => c with { Kind = StorageKind.Float }).Member(2, c => c with { Type = ColumnType.Double }), null),
        ["folding collation beside key and unique index"] = (e => e.Columns(1, c => c with { FoldingCollation = "NOCASE" }), null),
        ["key that SQLite reports as nullable"] = (e => e.Column(S, 0, c => c with { IsNullable = true }), null),
        ["nullable everywhere"] = (e => e.Member(1, c => c with { IsNullable = true }).Columns(1, c => c with { IsNullable = true }), null),
        ["nullable member, NOT NULL on both sides"] = (e => e.Member(1, c => c with { IsNullable = true }), null),
        ["bounded on the target only"] = (e => e.Column(T, 1, c => c with { MaxLength = 20 }).Column(T, 2, c => Numeric(c, 10, 2)), null),
        ["bounded on the source only"] = (e => e.Column(S, 1, c => c with { MaxLength = 20 }).Column(S, 2, c => Numeric(c, 10, 2)), null),
        ["longer text on the target"] = (e => e.Column(S, 1, c => c with { MaxLength = 20 }).Column(T, 1, c => c with { MaxLength = 50 }), "closes the way back"),
        ["more digits on the target"] = (e => e.Column(S, 2, c => Numeric(c, 10, 2)).Column(T, 2, c => Numeric(c, 12, 4)), "closes the way back"),
        ["zeros dropped on one side"] = (e => e.Column(S, 2, c => c with { DropsTrailingZeros = true }), null),
        ["zeros dropped on both sides, where they count"] = (e => e.Identical().Column(S, 2, c => Numeric(c, 9, 2)).Columns(2, c => c with { DropsTrailingZeros = true }), null),
        ["the same scale, where it counts"] = (e => e.Identical().Columns(2, c => Numeric(c, 10, 2)), null),
        ["zeros dropped on one side of what has a policy"] = (e => e.Identical().Member(2, c => c with { Comparison = ColumnComparison.Tolerance }).Column(S, 2, c => c with { DropsTrailingZeros = true }), null),
        ["zeros dropped on one side of a whole number"] = (e => e.Identical().Member(2, c => c with { Type = ColumnType.Int64 }).Column(S, 2, c => c with { DropsTrailingZeros = true }), null),
        ["zeros dropped on one side of what a converter reads"] = (e => e.Identical().Member(2, c => c with { IsConverted = true }).Column(S, 2, c => c with { DropsTrailingZeros = true }), "unless the converter"),
        ["padded on both sides"] = (e => e.Columns(1, c => c with { IsPadded = true, MaxLength = 9 }), null),
        ["rewritten on both sides"] = (e => e.Columns(1, c => c with { RewritesText = true }), null),
        ["seconds only on the target"] = (e => e.Column(S, 2, c => c with { TimeGranularity = 10 }).Column(T, 2, c => c with { TimeGranularity = 10_000_000 }), "less precise"),
        ["microseconds on the target"] = (e => e.Column(S, 2, c => c with { TimeGranularity = 1 }).Column(T, 2, c => c with { TimeGranularity = 10 }), null),
        ["computed on both sides"] = (e => e.Columns(2, c => c with { IsComputed = true }).Member(2, c => c with { Generated = GeneratedValue.Computed }), null),
        ["identity numbered on both sides"] = (e => e.Columns(0, c => c with { IsAutoNumbered = true }).Member(0, c => c with { Generated = GeneratedValue.Identity }), null),
        ["identity without a counter on the target"] = (e => e.Columns(0, c => c with { IsAutoNumbered = true }).Column(T, 0, c => c with { ReusesNumbers = true }).Member(0, c => c with { Generated = GeneratedValue.Identity }), "once authority moves to the target"),
        ["identity without a counter on the source"] = (e => e.Columns(0, c => c with { IsAutoNumbered = true }).Column(S, 0, c => c with { ReusesNumbers = true }).Member(0, c => c with { Generated = GeneratedValue.Identity }), "once authority moves to the source"),
        ["key without a counter that the application gives"] = (e => e.Columns(0, c => c with { IsAutoNumbered = true, ReusesNumbers = true }), null),
        ["numbered key that the application gives"] = (e => e.Column(T, 0, c => c with { IsAutoNumbered = true }), null),
        ["generated Guid key with a default"] = (e => e.Columns(0, c => c with { Kind = StorageKind.Guid, HasDefault = true }).Member(0, c => c with { Type = ColumnType.Guid, Generated = GeneratedValue.Identity }), null),
        ["the same unique index"] = (e => e.AddUnique(T, "u", false, "customer", "total").AddUnique(S, "v", false, "total", "customer_name"), null),
        ["unique in fewer columns on the source"] = (e => e.AddUnique(T, "u", false, "customer", "total").AddUnique(S, "v", false, "customer_name"), "'v' over (customer_name)"),
        ["unique over the key and more"] = (e => e.AddUnique(T, "u", false, "id", "customer"), null),
        ["partial indexes on both sides"] = (e => e.AddUnique(T, "u", true, "customer").AddUnique(S, "v", true, "customer_name"), null),
        ["unique expressions on both sides"] = (e => e.AddUnique(T, "u", false).AddUnique(S, "v", false), null),
        ["unique on the source only"] = (e => e.AddUnique(S, "u", false, "customer_name"), "source table 'orders' has the unique index 'u'"),
        ["foreign key without action"] = (e => e.AddForeignKey(S, "customers").AddForeignKey(T, "customers"), null),
        ["cascade onto a table that is not migrated"] = (e => e.Change(S, t => t with { ReferencedBy = [new ForeignKeySchema { Name = "fk", Child = new TableName("public", "notes"), Columns = ["order_id"], Parent = t.Name, DeleteChangesChildren = true }] }), null),
    };
}
