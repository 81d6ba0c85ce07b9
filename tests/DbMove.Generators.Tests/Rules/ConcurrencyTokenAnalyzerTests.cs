using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class ConcurrencyTokenAnalyzerTests() : RuleTests("DBM1025")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp] public byte[] Version { get; set; } = []; }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp] public uint Version { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp] public long? Version { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp] public DayOfWeek Version { get; set; } }""",
        """public readonly record struct Count(long Value); [Migratable] public partial class Order { public int Id { get; set; } [Timestamp] public Count Version { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp] public long Version { get; set; } [Timestamp] public long Other { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp, DatabaseGenerated(DatabaseGeneratedOption.Computed)] public long Version { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp, UpdatedAt] public long Version { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [ConcurrencyCheck, SourceOnly] public long? Version { get; set; } }""",
        """[Migratable] public partial class Order { [Key, ConcurrencyCheck] public int Id { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp] public long Version { get; set; } [ConcurrencyCheck] public string? State { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [Timestamp] public int Version { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [ConcurrencyCheck, DatabaseGenerated(DatabaseGeneratedOption.Computed)] public byte[] Version { get; set; } = []; }""",
    ];
}
