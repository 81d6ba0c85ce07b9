using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class KeyMemberAnalyzerTests() : RuleTests("DBM1010")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { [Key] public double Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public decimal Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public TimeSpan Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public byte[] Number { get; set; } = []; }""",
        """[Migratable] public partial class Order { [Key] public int? Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public string? Number { get; set; } }""",
        """public readonly record struct Weight(double Value); [Migratable] public partial class Order { [Key] public Weight Number { get; set; } }""",
        """public readonly record struct OrderId(long Value); [Migratable] public partial class Order { [Key] public OrderId? Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key, StoreAsText] public DayOfWeek Number { get; set; } }""",
        """public sealed class Text : IValueConverter<int, string> { public static string ToStored(int value) => "" + value; public static int FromStored(string stored) => int.Parse(stored); } [Migratable] public partial class Order { [Key, Convert<Text>] public int Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key, Column("a", Order = 1)] public int A { get; set; } [Key] public int B { get; set; } }""",
        """[Migratable] public partial class Order { [Key, Column("a", Order = 1)] public int A { get; set; } [Key, Column("b", Order = 1)] public int B { get; set; } }""",
        """[Migratable] public partial class Order { [Key, DatabaseGenerated(DatabaseGeneratedOption.Computed)] public int A { get; set; } }""",
        """[Migratable, Microsoft.EntityFrameworkCore.PrimaryKey("A", "Missing")] public partial class Order { public int A { get; set; } } namespace Microsoft.EntityFrameworkCore { public sealed class PrimaryKeyAttribute(string first, params string[] rest) : Attribute { public string First => first + rest.Length; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { [Key] public Guid Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public DayOfWeek Number { get; set; } }""",
        """public readonly record struct OrderId(long Value); [Migratable] public partial class Order { [Key] public OrderId Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public string Number { get; set; } = ""; }""",
        """[Migratable] public partial class Order { [Key] public DateTimeOffset Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public ulong Number { get; set; } }""",
        """[Migratable] public partial class Order { [Key] public bool Number { get; set; } [Key] public char Letter { get; set; } }""",
        """[Migratable] public partial class Order { [Key, Column("a", Order = 2)] public int A { get; set; } [Key, Column("b", Order = 1)] public int B { get; set; } }""",
        """[Migratable, Microsoft.EntityFrameworkCore.PrimaryKey("A", "B")] public partial class Order { public int A { get; set; } public int B { get; set; } } namespace Microsoft.EntityFrameworkCore { public sealed class PrimaryKeyAttribute(string first, params string[] rest) : Attribute { public string First => first + rest.Length; } }""",
    ];
}
