using System.Globalization;

namespace DbMove.Generators.Benchmarks;

/// <summary>A project of many entities, one a file, and one file that holds none.</summary>
internal static class EntityProject
{
    public const string OtherPath = "Pricing.cs";

    public static IEnumerable<(string Path, string Text)> Files(int entities)
    {
        for (int number = 0; number < entities; number++)
        {
            yield return (Path(number), Entity(number));
        }

        yield return (OtherPath, Other("edit"));
    }

    public static string Path(int number) => string.Create(CultureInfo.InvariantCulture, $"Entity{number}.cs");

    public static string Other(string comment) =>
        $$"""
        namespace Shop;

        internal static class Pricing
        {
            public static decimal Discount(decimal total)
            {
                // {{comment}}
                return total > 100 ? total * 0.9m : total;
            }
        }
        """;

    /// <summary>Entities of five shapes, by turns.</summary>
    public static string Entity(int number, string member = "") =>
        $$"""
        using System;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using DbMove;

        namespace Shop.Area{{number % 20}};

        {{(number % 5) switch
        {
            0 => $$"""
                [Migratable, Table("orders_{{number}}"), TargetTable("orders_{{number}}", Schema = "sales")]
                public sealed partial class Order{{number}}
                {
                    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
                    public long Id { get; init; }

                    [Column("customer_name"), TargetColumn("customer")]
                    public required string Customer { get; set; }

                    public decimal Total { get; set; }

                    public string? Remark { get; set; }

                    [UpdatedAt]
                    public DateTimeOffset UpdatedAt { get; set; }

                    {{member}}
                }
                """,
            1 => $$"""
                public readonly record struct LineId{{number}}(long Value);

                [Migratable, Table("lines_{{number}}")]
                public sealed partial record Line{{number}}([property: Key, Column(Order = 1)] LineId{{number}} Order, [property: Key, Column(Order = 2)] int Number)
                {
                    public required string Article { get; init; }

                    [CompareTolerance(0.01)]
                    public double Weight { get; init; }

                    public Guid? Batch { get; init; }

                    [UpdatedAt]
                    public DateTime UpdatedAt { get; init; }

                    {{member}}
                }
                """,
            2 => $$"""
                public enum State{{number}} { Open, Paid, Closed }

                [Migratable, Table("bills_{{number}}")]
                public sealed partial class Bill{{number}}
                {
                    public Guid Id { get; init; }

                    [StoreAsText]
                    public State{{number}} State { get; set; }

                    public State{{number}}? Previous { get; set; }

                    [CompareText(TextComparison.Trimmed)]
                    public string? Text { get; set; }

                    public byte[]? Document { get; set; }

                    [UpdatedAt]
                    public DateTimeOffset UpdatedAt { get; set; }

                    {{member}}
                }
                """,
            3 => $$"""
                public abstract class Base{{number}}
                {
                    public int Id { get; set; }

                    [UpdatedAt]
                    public DateTimeOffset UpdatedAt { get; set; }
                }

                [Migratable, Table("customers_{{number}}")]
                public sealed partial class Customer{{number}} : Base{{number}}
                {
                    public required string Name { get; set; }

                    public string? Email { get; set; }

                    public DateOnly? Born { get; set; }

                    public bool IsActive { get; set; }

                    [NotMapped]
                    public bool IsAdult => Born < new DateOnly(2000, 1, 1);

                    {{member}}
                }
                """,
            _ => $$"""
                [Migratable]
                public readonly partial record struct Reading{{number}}(Guid Id, double Value, TimeOnly At, short Channel, long Sequence, [property: UpdatedAt] DateTimeOffset UpdatedAt)
                {
                    {{member}}
                }
                """,
        }}}
        """;
}
