using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Runtime.Tests.Schema;

/// <summary>One fault each, and what its finding must say: place and remedy.</summary>
internal static class RefusedSchemas
{
    private const Side S = Side.Source;
    private const Side T = Side.Target;

    public static readonly Dictionary<string, (Action<EntityCase> Change, string[] Says)> All = new()
    {
        ["source table missing"] = (e => e.Source = null, ["source table 'orders' does not exist", "fake-source", "create it", "[Table]"]),
        ["target table missing"] = (e => e.Target = null, ["target table 'orders_new' does not exist", "fake-target", "[TargetTable]"]),
        ["trigger on the source"] = (e => e.Change(S, t => t with { Triggers = ["audit"] }), ["source table 'orders'", "trigger 'audit'", "drop or disable it"]),
        ["triggers on the target"] = (e => e.Change(T, t => t with { Triggers = ["a", "b"] }), ["target table 'orders_new'", "'a', 'b'", "drop or disable them"]),

        ["conflicts that change rows on the source"] = (e => e.Change(S, t => t with { ConflictActions = ["ON CONFLICT REPLACE"] }), ["source table 'orders' declares ON CONFLICT REPLACE", "make the table anew"]),
        ["conflicts that drop rows on the target"] = (e => e.Change(T, t => t with { ConflictActions = ["ON CONFLICT IGNORE", "ON CONFLICT REPLACE"] }), ["target table 'orders_new'", "ON CONFLICT IGNORE and ON CONFLICT REPLACE"]),

        ["mapped column missing on the source"] = (e => e.Member(2, c => c with { SourceName = "sum" }).Change(S, WithoutTotal), ["member Total", "'sum'", "source table 'orders'", "[Column]", "[NotMapped]"]),
        ["mapped column missing on the target"] = (e => e.Change(T, WithoutTotal), ["member Total", "'total'", "target table 'orders_new'", "[TargetColumn]"]),
        ["source column that no member maps"] = (e => e.AddColumn(S, Text("note") with { IsNullable = true }), ["source table 'orders'", "'note'", "\"orders.note\"", "UnmappedSourceColumns"]),
        ["target column that inserts cannot fill"] = (e => e.AddColumn(T, Text("note")), ["target table 'orders_new'", "'note'", "NOT NULL without a default", "give it a default"]),

        ["source without primary key"] = (e => e.Change(S, t => t with { PrimaryKey = [] }), ["source table 'orders' has no primary key", "add one over (id)"]),
        ["another primary key on the target"] = (e => e.Change(T, t => t with { PrimaryKey = ["id", "customer"] }), ["target table 'orders_new'", "(id, customer)", "key is (id)", "[Key]"]),
        ["float key"] = (e => e.Column(T, 0, c => c with { Kind = StorageKind.Float, DeclaredType = "double" }), ["member Id", "'id' of the target table 'orders_new'", "floating-point", "key the table by"]),
        ["padded key"] = (e => e.Column(S, 0, c => c with { IsPadded = true, DeclaredType = "char(9)" }), ["member Id", "'id'", "char(9)", "varchar or text"]),
        ["folding key on the source"] = (e => e.Column(S, 0, c => c with { FoldingCollation = "NOCASE" }), ["member Id", "'id' of the source table 'orders'", "'NOCASE'", "compares by code points"]),

        ["null that the member cannot hold"] = (e => e.Column(S, 1, c => c with { IsNullable = true }), ["member Customer", "'customer_name' of the source table 'orders'", "make the member nullable or the column NOT NULL"]),
        ["null that the target cannot hold"] = (e => e.Member(1, c => c with { IsNullable = true }).Column(S, 1, c => c with { IsNullable = true }), ["member Customer", "'customer' of the target table 'orders_new' is NOT NULL", "'customer_name' of the source table 'orders'", "allow NULL on both or on neither"]),
        ["null that the source cannot hold"] = (e => e.Member(1, c => c with { IsNullable = true }).Column(T, 1, c => c with { IsNullable = true }), ["member Customer", "'customer_name' of the source table 'orders' is NOT NULL", "allow NULL"]),
        ["shorter text on the target"] = (e => e.Column(S, 1, c => c with { MaxLength = 50, DeclaredType = "varchar(50)" }).Column(T, 1, c => c with { MaxLength = 20, DeclaredType = "varchar(20)" }), ["member Customer", "'customer' of the target table 'orders_new' (varchar(20))", "(varchar(50))", "widen it to at least 50"]),
        ["shorter elements on the target"] = (e => e.Columns(1, c => c with { Kind = StorageKind.Array, MaxLength = 50, DeclaredType = "varchar(50)[]" }).Column(T, 1, c => c with { MaxLength = 20, DeclaredType = "varchar(20)[]" }), ["member Customer", "'customer' of the target table 'orders_new' (varchar(20)[])", "widen it to at least 50"]),
        ["fewer decimals on the target"] = (e => e.Column(S, 2, c => Numeric(c, 10, 4)).Column(T, 2, c => Numeric(c, 10, 2)), ["member Total", "'total' of the target table 'orders_new'", "widen it to (12,4)"]),
        ["fewer whole digits on the target"] = (e => e.Column(S, 2, c => Numeric(c, 10, 2)).Column(T, 2, c => Numeric(c, 10, 4)), ["member Total", "'total'", "widen it to (12,4)"]),
        ["zeros dropped on the source, where they count"] = (e => e.Identical().Column(S, 2, c => c with { DropsTrailingZeros = true, DeclaredType = "DECIMAL(10,2)" }), ["member Total", "(DECIMAL(10,2)) gives decimals back without zeros", "(numeric) gives decimals back as they were written", "compared as Identical", "or compare by value"]),
        ["zeros dropped on the target, with the same scale"] = (e => e.Identical().Columns(2, c => Numeric(c, 10, 2)).Column(T, 2, c => c with { DropsTrailingZeros = true }), ["'total' of the source table 'orders' (numeric(10,2)) gives decimals 2 digits", "compared as Identical"]),
        ["a scale on the target only, where it counts"] = (e => e.Identical().Column(T, 2, c => Numeric(c, 10, 2)), ["(numeric) gives decimals back as they were written", "(numeric(10,2)) gives decimals 2 digits", "compared as Identical"]),
        ["padded on one side"] = (e => e.Column(T, 1, c => c with { IsPadded = true, DeclaredType = "char(9)" }), ["member Customer", "'customer' of the target table 'orders_new'", "char(9)", "change the padded one to varchar or text"]),
        ["rewritten on one side"] = (e => e.Column(T, 1, c => c with { RewritesText = true, DeclaredType = "jsonb" }), ["member Customer", "'customer' of the target table 'orders_new' (jsonb)", "the same kind of type"]),

        ["computed on the source only"] = (e => e.Column(S, 2, c => c with { IsComputed = true }).Column(T, 2, c => c with { HasDefault = true }).Member(2, c => c with { Generated = GeneratedValue.Computed }), ["member Total", "'total' of the source table 'orders' is computed", "'total' of the target table 'orders_new' is not", "on both sides or on neither"]),
        ["computed on the target only"] = (e => e.Column(T, 2, c => c with { IsComputed = true }).Column(S, 2, c => c with { HasDefault = true }).Member(2, c => c with { Generated = GeneratedValue.Computed }), ["'total' of the target table 'orders_new' is computed", "'total' of the source table 'orders' is not"]),
        ["identity that the target does not number"] = (e => e.Member(0, c => c with { Generated = GeneratedValue.Identity }).Column(S, 0, c => c with { IsAutoNumbered = true }), ["member Id", "'id' of the target table 'orders_new' makes no value", "an identity", "[DatabaseGenerated]"]),
        ["identity with a default that is no counter"] = (e => e.Member(0, c => c with { Generated = GeneratedValue.Identity }).Columns(0, c => c with { IsAutoNumbered = true }).Column(S, 0, c => c with { IsAutoNumbered = false, HasDefault = true }), ["member Id", "'id' of the source table 'orders' makes no value", "an identity"]),
        ["generated value without default"] = (e => e.Member(1, c => c with { Generated = GeneratedValue.Computed }).Column(S, 1, c => c with { HasDefault = true }), ["member Customer", "'customer' of the target table 'orders_new' makes no value", "have a default"]),

        ["unique on the target only"] = (e => e.AddUnique(T, "u", false, "customer"), ["target table 'orders_new'", "'u' over (customer)", "create it on the source too"]),
        ["unique on more columns on the source"] = (e => e.AddUnique(T, "u", false, "customer").AddUnique(S, "v", false, "customer_name", "total"), ["'u' over (customer)", "create it on the source too"]),
        ["unique on some rows of the source"] = (e => e.AddUnique(T, "u", false, "customer").AddUnique(S, "v", true, "customer_name"), ["'u' over (customer)"]),
        ["unique expression on the target only"] = (e => e.AddUnique(T, "u", false), ["'u' over an expression", "create it on the source too"]),
        ["folding unique column"] = (e => e.AddUnique(S, "u", false, "customer_name").Column(S, 1, c => c with { FoldingCollation = "NOCASE" }), ["member Customer", "'customer_name' of the source table 'orders'", "index 'u'", "'NOCASE'", "compares by code points"]),

        ["cascading delete onto a migrated table"] = (e => e.AddForeignKey(S, "customers", onDelete: true), ["source table 'orders'", "'fk_customers' (id)", "ON DELETE action", "'public.customers'", "drop the action"]),
        ["cascading update onto a migrated table"] = (e => e.AddForeignKey(T, "customers", onUpdate: true), ["target table 'orders_new'", "ON UPDATE action", "drop the action"]),
        ["cascade onto itself"] = (e => e.AddForeignKey(T, "orders_new", onDelete: true, onUpdate: true), ["target table 'orders_new'", "ON DELETE and ON UPDATE action"]),
    };

    public static ColumnSchema Numeric(ColumnSchema column, int precision, int scale) =>
        column with { Precision = precision, Scale = scale, DeclaredType = $"numeric({precision},{scale})" };

    public static ColumnSchema Text(string name) => new() { Name = name, DeclaredType = "text", Kind = StorageKind.Text };

    private static TableSchema WithoutTotal(TableSchema table) => table with { Columns = [.. table.Columns.Take(2)] };
}
