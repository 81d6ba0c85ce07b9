using DbMove.CodeFixes.Declaration;

namespace DbMove.Generators.Tests.CodeFixes.Declaration;

public sealed class DeclarationCodeFixerTests
{
    [Fact]
    public async Task A_member_that_sounds_like_it_becomes_the_key() =>
        Assert.Equal(
            """
            using System.ComponentModel.DataAnnotations;
            using DbMove;

            [Migratable]
            public partial class Order
            {
                /// <summary>The number.</summary>
                [Key]
                public int OrderNumber { get; set; } // printed

                public string? Note { get; set; }
            }
            """,
            await FixRun.FixAsync(new AddKeyCodeFixer(), "Make 'OrderNumber' the key",
                """
                using DbMove;

                [Migratable]
                public partial class Order
                {
                    /// <summary>The number.</summary>
                    public int OrderNumber { get; set; } // printed

                    public string? Note { get; set; }
                }
                """));

    [Fact]
    public async Task A_key_is_added()
    {
        const string source =
            """
            using DbMove;

            [Migratable]
            public partial class Order
            {
                public string? Note { get; set; }
            }
            """;

        Assert.Equal(["Add a key 'Id'"], await FixRun.TitlesAsync(new AddKeyCodeFixer(), source));
        Assert.Contains("    public long Id { get; init; }\n", await FixRun.FixAsync(new AddKeyCodeFixer(), "Add a key 'Id'", source), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_of_the_last_change_is_marked() =>
        Assert.Contains(
            "    [UpdatedAt]\n    public System.DateTime LastModified { get; set; }\n",
            await FixRun.FixAsync(new AddUpdatedAtCodeFixer(), "Mark 'LastModified' with [UpdatedAt]",
                """
                using DbMove;

                [Migratable]
                public partial class Order
                {
                    public int Id { get; init; }

                    public System.DateTime LastModified { get; set; }
                }
                """),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_time_of_the_last_change_is_added()
    {
        string text = await FixRun.FixAsync(new AddUpdatedAtCodeFixer(), "Add an [UpdatedAt] member",
            """
            using DbMove;

            [Migratable]
            public partial class Order
            {
                public int Id { get; init; }
            }
            """);

        Assert.Contains("[UpdatedAt] public DateTimeOffset UpdatedAt { get; set; }", text, StringComparison.Ordinal);
        Assert.Contains("using System;\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settable_key_becomes_init_only() =>
        Assert.Equal(
            "[DbMove.Migratable] public partial class Order { public int Id { get; /* once */ init; } }",
            await FixRun.FixAsync(new MakeKeyInitCodeFixer(), "Make the key init-only", "[DbMove.Migratable] public partial class Order { public int Id { get; /* once */ set; } }"));

    [Theory]
    [InlineData("new Order { Id = 1 }")]
    [InlineData("Order order = new() { Id = 1 }; _ = order with { Id = order.Id + 1 }")]
    [InlineData("_ = new Order().Id == 1")]
    public async Task A_key_that_is_set_while_the_object_is_made_can_be_init_only(string code) =>
        Assert.Equal(["Make the key init-only"], await FixRun.TitlesAsync(new MakeKeyInitCodeFixer(), SettableKey, Use(code)));

    [Theory]
    [InlineData("new Order().Id = 1")]
    [InlineData("new Order().Id += 1")]
    [InlineData("new Order().Id++")]
    [InlineData("--new Order().Id")]
    [InlineData("Order? order = null; order?.Id = 1")]
    [InlineData("Order order = new(); (order.Id, _) = (1, 2)")]
    [InlineData("_ = new Basket { Order = { Id = 1 } }")]
    [InlineData("_ = new Order(() => { })")]
    public async Task A_key_that_is_set_later_is_left_settable(string code) =>
        Assert.Empty(await FixRun.TitlesAsync(
            new MakeKeyInitCodeFixer(),
            SettableKey + (code.Contains("() => { }", StringComparison.Ordinal) ? "public partial record Order { public Order(System.Action done) => Later = () => Id = 1; public Order() { } [NotMapped] public System.Action? Later { get; } }" : ""),
            Use(code)));

    private const string SettableKey =
        """
        using System.ComponentModel.DataAnnotations.Schema;
        [DbMove.Migratable] public partial record Order { public int Id { get; set; } private int Other { init => Id = value; } }
        public class Basket { public Order Order { get; } = new(); }

        """;

    private static string Use(string code) => $"public static class Work {{ public static void Do() {{ {code}; }} }}";

    [Theory]
    [InlineData("public sealed class OrderRepository", "public sealed partial class OrderRepository")]
    [InlineData("[DbMove.Repository<Order>] internal class Orders", "[DbMove.Repository<Order>] internal partial class Orders")]
    public async Task A_repository_becomes_partial(string wrong, string expected)
    {
        const string entity = "[DbMove.Migratable] public partial class Order { public int Id { get; init; } }\n";

        Assert.Equal(entity + expected + ";", await FixRun.FixAsync(new MakePartialCodeFixer(), "Make the repository partial", entity + wrong + ";"));
    }

    [Theory]
    [InlineData("public sealed record OrderRepository;")]
    [InlineData("public abstract class OrderRepository;")]
    [InlineData("public sealed partial class OrderRepository(int number) { public int Number => number; }")]
    public async Task A_repository_that_partial_alone_does_not_help_is_offered_nothing(string repository) =>
        Assert.Empty(await FixRun.TitlesAsync(new MakePartialCodeFixer(), "[DbMove.Migratable] public partial class Order { public int Id { get; init; } }\n" + repository));

    [Theory]
    [InlineData("The database numbers the rows", "Identity")]
    [InlineData("The application numbers the rows", "None")]
    public async Task Who_numbers_the_rows_is_said(string title, string expected) =>
        Assert.Contains(
            $"    [DatabaseGenerated(DatabaseGeneratedOption.{expected})]\n    [Key]\n    public int Number",
            await FixRun.FixAsync(new DeclareIdentityCodeFixer(), title,
                """
                using System.ComponentModel.DataAnnotations;
                using DbMove;

                [Migratable]
                public partial class Order
                {
                    [Key]
                    public int Number { get; init; }
                }
                """),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_key_member_that_may_be_null_is_required() =>
        Assert.Contains(
            "    [Required]\n    [Key]\n    public string Code",
            await FixRun.FixAsync(new RequireKeyCodeFixer(), "Mark the key member [Required]",
                """
                #nullable disable
                using System.ComponentModel.DataAnnotations;
                using DbMove;

                [Migratable]
                public partial class Order
                {
                    [Key]
                    public string Code { get; init; }
                }
                """),
            StringComparison.Ordinal);

    [Fact]
    public async Task Types_around_the_entity_become_partial() =>
        Assert.Equal(
            "public partial class A { internal partial struct B { public static partial class C { [DbMove.Migratable] public partial record Order(int Id); } } }",
            await FixRun.FixAsync(new MakeContainersPartialCodeFixer(), "Make the types around the entity partial",
                "public class A { internal partial struct B { public static class C { [DbMove.Migratable] public partial record Order(int Id); } } }"));

    [Fact]
    public async Task A_type_that_is_added_becomes_an_entity()
    {
        string text = await FixRun.FixAsync(new MarkMigratableCodeFixer(), "Mark the type [Migratable]",
            """
            using DbMove;

            /// <summary>An order.</summary>
            public sealed class Order
            {
                public int Id { get; init; }
            }

            public class Setup
            {
                public MigrationBuilder To(MigrationBuilder move) => move.AddEntity<Order>();
            }
            """);

        Assert.Contains("/// <summary>An order.</summary>\n[Migratable]\npublic sealed partial class Order\n", text, StringComparison.Ordinal);
    }
}
