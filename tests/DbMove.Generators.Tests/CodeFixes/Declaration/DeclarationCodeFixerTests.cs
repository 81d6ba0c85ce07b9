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
