using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class StorageAnalyzerTests() : RuleTests("DBM1024")
{
    private const string Kind = "public enum Kind { Open, Closed }";
    private const string Cents = "public sealed class Cents : IValueConverter<decimal, long> { public static long ToStored(decimal value) => (long)(value * 100); public static decimal FromStored(long stored) => stored / 100m; }";

    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [StoreAsText] public int Count { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [StoreAsText] public AttributeTargets Targets { get; set; } }""",
        """public enum Empty; [Migratable] public partial class Order { public int Id { get; set; } [StoreAsText] public Empty? Kind { get; set; } }""",
        Cents + """ [Migratable] public partial class Order { public int Id { get; set; } [Convert<Cents>] public double Total { get; set; } }""",
        Cents + """ [Migratable] public partial class Order { public int Id { get; set; } [Convert<Cents>, StoreAsText] public decimal Total { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Convert<Uri>] public Uri? Link { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Convert<IFormattable>] public Uri? Link { get; set; } }""",
        """public sealed class Odd : IValueConverter<int, Uri> { public static Uri ToStored(int value) => new("x:" + value); public static int FromStored(Uri stored) => 0; } [Migratable] public partial class Order { public int Id { get; set; } [Convert<Odd>] public int Count { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Convert<Hidden>] public decimal Total { get; set; } private sealed class Hidden : IValueConverter<decimal, long> { public static long ToStored(decimal value) => (long)value; public static decimal FromStored(long stored) => stored; } }""",
        Context + """ [Migratable] public partial class Order { public int Id { get; set; } [Json<Context>] public Version? Version { get; set; } }""",
        Context + """ [Migratable] public partial class Order { public int Id { get; set; } [Json<Context>, StoreAsText] public int Count { get; set; } }""",
        Context + """ [Migratable] public partial class Order { public int Id { get; set; } [Json<System.Text.Json.Serialization.JsonSerializerContext>] public Uri? Link { get; set; } }""",
        """public sealed class Two : IValueConverter<int, long>, IValueConverter<int, short> { public static long ToStored(int value) => value; public static int FromStored(long stored) => (int)stored; static short IValueConverter<int, short>.ToStored(int value) => (short)value; static int IValueConverter<int, short>.FromStored(short stored) => stored; } [Migratable] public partial class Order { public int Id { get; set; } [Convert<Two>] public int Count { get; set; } }""",
    ];

    private const string Context =
        """
        [System.Text.Json.Serialization.JsonSerializable(typeof(Uri)), System.Text.Json.Serialization.JsonSerializable(typeof(int))]
        internal sealed class Context() : System.Text.Json.Serialization.JsonSerializerContext(null)
        {
            public static Context Default { get; } = new();
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    protected override IReadOnlyList<string> Right =>
    [
        Kind + """ [Migratable] public partial class Order { public int Id { get; set; } [StoreAsText] public Kind Kind { get; set; } [StoreAsText] public Kind? Other { get; set; } public AttributeTargets Targets { get; set; } }""",
        Cents + """ [Migratable] public partial class Order { public int Id { get; set; } [Convert<Cents>] public decimal Total { get; set; } [Convert<Cents>] public decimal? Rebate { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [NotMapped, StoreAsText] public int Count { get; set; } }""",
        Context + """ [Migratable] public partial class Order { public int Id { get; set; } [Json<Context>] public Uri? Link { get; set; } [Json<Context>] public int? Count { get; set; } }""",
    ];
}
