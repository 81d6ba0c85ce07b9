using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class OneSidedColumnAnalyzerTests() : RuleTests("DBM1023")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [SourceOnly] public string Code { get; set; } = ""; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [TargetOnly] public byte[] Picture { get; set; } = []; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [SourceOnly, TargetOnly] public int? Code { get; set; } }""",
        """[Migratable] public partial class Order { [Key, SourceOnly] public int Id { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [TargetOnly, UpdatedAt] public DateTime At { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [SourceOnly, TargetColumn("code")] public int? Code { get; set; } }""",
        """public readonly record struct Sku(string Text); [Migratable] public partial class Order { public int Id { get; set; } [SourceOnly] public Sku Sku { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [SourceOnly] public int Code { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [TargetOnly, StoreAsText] public DayOfWeek Day { get; set; } }""",
        """public readonly record struct Count(long Value); [Migratable] public partial class Order { public int Id { get; set; } [TargetOnly] public Count Count { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [SourceOnly] public string? Code { get; set; } [TargetOnly] public int? Rank { get; set; } [SourceOnly, StoreAsText] public DayOfWeek? Day { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [SourceOnly, Column("code")] public string? Old { get; set; } [TargetOnly, Column("code")] public string? New { get; set; } }""",
        """public readonly record struct Sku(string Text); [Migratable] public partial class Order { public int Id { get; set; } [TargetOnly, TargetColumn("sku")] public Sku? Sku { get; set; } }""",
    ];
}
