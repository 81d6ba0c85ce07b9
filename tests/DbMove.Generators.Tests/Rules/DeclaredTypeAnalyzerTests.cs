using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class DeclaredTypeAnalyzerTests() : AdviceTests("DBM1018", DiagnosticSeverity.Warning)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "real")] public decimal Total { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "Double  Precision")] public decimal? Total { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "money")] public decimal Total { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "bigint")] public decimal Total { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "float4")] public double Size { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "int4")] public long Count { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "smallint")] public int Count { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "date")] public DateTime At { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "time")] public DateTimeOffset At { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "timestamp(3) with time zone")] public DateTimeOffset At { get; set; } }""",
        """[Migratable] public partial class Order { [Column(TypeName = "char(8)")] public string Id { get; init; } = ""; }""",
        """[Migratable] public partial class Order { [Key, Column("code", TypeName = "citext")] public string Code { get; init; } = ""; }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [TargetColumn(TypeName = "real")] public decimal Total { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "TEXT"), TargetColumn("total", TypeName = "float8")] public decimal Total { get; set; } }""",
        """public readonly record struct Money(decimal Value); [Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "real")] public Money Total { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(12,2)")] public decimal Total { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "double precision")] public double Size { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "real")] public float Size { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "timestamptz")] public DateTimeOffset At { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "timestamp(6)")] public DateTime At { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "char(8)")] public string Code { get; set; } = ""; }""",
        """[Migratable] public partial class Order { [Column(TypeName = "varchar(8)")] public string Id { get; init; } = ""; }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "date")] public DateOnly Day { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "INTEGER")] public long Count { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "of my own")] public decimal Total { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "REAL")] public double Size { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "smallint")] public DayOfWeek Day { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [TargetColumn("total", TypeName = "numeric(12,2)")] public decimal Total { get; set; } }""",
    ];
}
