using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class UpdatedAtMemberAnalyzerTests() : RuleTests("DBM1013")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [UpdatedAt] public string? At { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [UpdatedAt] public DayOfWeek At { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [UpdatedAt] public DateTime A { get; set; } [UpdatedAt] public DateTime B { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [UpdatedAt] public DateTimeOffset? At { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [UpdatedAt] public long Version { get; set; } }""",
    ];
}
