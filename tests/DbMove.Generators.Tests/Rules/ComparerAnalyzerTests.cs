using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class ComparerAnalyzerTests() : RuleTests("DBM1026")
{
    private const string Turns = "public sealed class Turns : IValueComparer<int> { public static bool AreEqual(int left, int right) => left % 360 == right % 360; }";

    protected override IReadOnlyList<string> Wrong =>
    [
        Turns + """ [Migratable] public partial class Order { public int Id { get; set; } [CompareWith<Turns>] public long Angle { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [CompareWith<Uri>] public string? Text { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [CompareWith<IFormattable>] public string? Text { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; set; } [CompareWith<Hidden>] public int Angle { get; set; } private sealed class Hidden : IValueComparer<int> { public static bool AreEqual(int left, int right) => left == right; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        Turns + """ [Migratable] public partial class Order { public int Id { get; set; } [CompareWith<Turns>] public int Angle { get; set; } [CompareWith<Turns>] public int? Other { get; set; } }""",
        """internal struct Texts : IValueComparer<string> { static bool IValueComparer<string>.AreEqual(string left, string right) => left.Length == right.Length; } [Migratable] public partial class Order { public int Id { get; set; } [CompareWith<Texts>] public string? Text { get; set; } }""",
    ];
}
