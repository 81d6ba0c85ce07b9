using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class UndeclaredIdentityAnalyzerTests() : AdviceTests("DBM1017", DiagnosticSeverity.Info)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; init; } }""",
        """[Migratable] public partial record Order(long Id);""",
        """[Migratable] public partial class Order { [Key] public ulong Number { get; init; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { [DatabaseGenerated(DatabaseGeneratedOption.Identity)] public int Id { get; init; } }""",
        """[Migratable] public partial class Order { [DatabaseGenerated(DatabaseGeneratedOption.None)] public int Id { get; init; } }""",
        """[Migratable] public partial class Order { public Guid Id { get; init; } }""",
        """[Migratable] public partial class Order { public DayOfWeek Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key] public int A { get; init; } [Key] public int B { get; init; } }""",
    ];
}
