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
        // Keys in another order.
        """[Migratable] public partial class Order { [Key, Column(TypeName = "text")] public long Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "varchar(10)")] public int Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "CHAR(3)")] public byte Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "text")] public DayOfWeek Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, TargetColumn(TypeName = "text")] public ulong Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "real")] public int Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "bytea")] public Guid Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "BLOB")] public Guid Id { get; init; } }""",
        // The target keeps less than the source.
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(18,4)"), TargetColumn(TypeName = "numeric(10,2)")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(10,2)"), TargetColumn(TypeName = "decimal(10,4)")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "varchar(200)"), TargetColumn(TypeName = "character varying(20)")] public string? Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "timestamp(6)"), TargetColumn(TypeName = "timestamp(0)")] public DateTime Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "timestamptz"), TargetColumn(TypeName = "timestamp (3) with time zone")] public DateTime Value { get; set; } }""",
        // Less than the member, whatever the other side has.
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(10,0)")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(10)")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "DEC( 10 , -2 )")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "smallserial")] public int Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "bigint")] public ulong Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "int4")] public ulong Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "double precision")] public long Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "bigint")] public DateTime Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "real")] public DateTimeOffset Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "time(0)")] public TimeOnly Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "interval(3)")] public TimeSpan Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "integer")] public string? Value { get; set; } }""",
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
        // Texts that sort as the values do, and numbers of any size.
        """[Migratable] public partial class Order { [Key, Column(TypeName = "text")] public Guid Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "char(36)")] public Guid Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "uuid")] public Guid Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "text")] public DateTime Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "text")] public DateOnly Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "numeric(19)")] public long Id { get; init; } }""",
        """[Migratable] public partial class Order { [Key, Column(TypeName = "smallint")] public DayOfWeek Id { get; init; } }""",
        // The target keeps what the source has; or what it has cannot be compared.
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(10,2)"), TargetColumn(TypeName = "numeric(18,4)")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(10,2)"), TargetColumn(TypeName = "numeric(10,2)")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "TEXT"), TargetColumn(TypeName = "numeric(10,2)")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(18,4)"), TargetColumn(TypeName = "numeric")] public decimal Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "varchar(20)"), TargetColumn(TypeName = "varchar(200)")] public string? Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "TEXT"), TargetColumn(TypeName = "varchar(20)")] public string? Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "varchar(200)"), TargetColumn(TypeName = "text")] public string? Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "timestamp(3)"), TargetColumn(TypeName = "timestamp(3)")] public DateTime Value { get; set; } }""",
        """
        public sealed class Long : IValueConverter<string, string> { public static string ToStored(string value) => new('x', 9) + value; public static string FromStored(string stored) => stored[9..]; }
        [Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "varchar(200)"), TargetColumn(TypeName = "varchar(20)"), Convert<Long>(Side.Source)] public string Value { get; set; } = ""; }
        """,
        // What SQLite keeps whole, and PostgreSQL does not have.
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "datetime")] public DateTime Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "smalldatetime")] public DateTime Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "tinyint")] public int Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "mediumint")] public int Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "int")] public long Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "INTEGER")] public ulong Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "REAL")] public uint Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "text")] public int Value { get; set; } }""",
        """[Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric")] public decimal Value { get; set; } }""",
    ];

    [Fact]
    public async Task The_message_says_what_the_other_side_keeps()
    {
        GeneratorRun run = GeneratorRun.Start(
            """
            using System.ComponentModel.DataAnnotations.Schema;
            using DbMove;
            [Migratable] public partial class Order { public int Id { get; init; } [Column(TypeName = "numeric(18, 4)"), TargetColumn(TypeName = "numeric(10,2)")] public decimal Total { get; set; } }
            """);

        Assert.Equal(
            "'Order.Total' is declared as 'numeric(10,2)' on the target, which has fewer digits, before or after the point, than 'numeric(18, 4)' on the source; declare a type that keeps the value, or change the member's",
            Assert.Single(await AnalyzerRun.DiagnoseAsync(run.Output)).GetMessage(null));
    }
}
