using DbMove.CodeFixes.Declaration;

namespace DbMove.Generators.Tests.CodeFixes.Declaration;

/// <summary>The fixes that mark a member or add one know every member of the entity, however and wherever it is declared.</summary>
public sealed class MemberCodeFixerTests
{
    private const string Add = "Add an [UpdatedAt] member";

    [Theory]
    [InlineData("DateTimeOffset? UpdatedAt { get; set; }", "Mark 'UpdatedAt' with [UpdatedAt]")]
    [InlineData("[Column(\"at\")] DateTime ChangedOn { get; private set; }", "Mark 'ChangedOn' with [UpdatedAt]")]
    [InlineData("required DateTime ChangedOn { get; init; }", "Mark 'ChangedOn' with [UpdatedAt]")]
    [InlineData("[NotMapped] DateTime ChangedOn { get; set; }", Add)]
    [InlineData("DateTime ChangedOn => default;", Add)]
    [InlineData("static DateTime ChangedOn { get; set; }", Add)]
    [InlineData("DateOnly ChangedOn { get; set; }", Add)]
    [InlineData("[SourceOnly] DateTime? ChangedOn { get; set; }", Add)]
    [InlineData("[NotMapped] DateTime UpdatedAt { get; set; }", null)]
    [InlineData("DateTime updatedAt => default;", null)]
    [InlineData("void UpdatedAt() { }", null)]
    [InlineData("[Column(\"updatedat\")] string Note { get; set; } = \"\";", null)]
    public async Task A_cursor_is_marked_where_there_is_one_and_added_where_its_name_is_free(string member, string? title)
    {
        int end = member.StartsWith('[') ? member.IndexOf(']', StringComparison.Ordinal) + 1 : 0;
        string source = $"{Usings}\n[Migratable]\npublic partial class Order\n{{\n    public int Id {{ get; init; }}\n    {member[..end]} public {member[end..]}\n}}\n";

        Assert.Equal(title is null ? [] : [title], await FixRun.TitlesAsync(new AddUpdatedAtCodeFixer(), source));
        if (title is not null)
        {
            Assert.Contains("[UpdatedAt]", await FixRun.FixAsync(new AddUpdatedAtCodeFixer(), title, source), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_parameter_of_a_record_is_marked() =>
        Assert.EndsWith(
            "record Order(int Id, [property: UpdatedAt] DateTimeOffset UpdatedAt);\n",
            await FixRun.FixAsync(new AddUpdatedAtCodeFixer(), "Mark 'UpdatedAt' with [UpdatedAt]", Usings + "[Migratable] public partial record Order(int Id, DateTimeOffset UpdatedAt);\n"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_member_of_another_part_is_marked_there()
    {
        IReadOnlyList<string> texts = await FixRun.FixAsync(new AddUpdatedAtCodeFixer(), "Mark 'UpdatedAt' with [UpdatedAt]",
        [
            "[DbMove.Migratable] public partial class Order { public int Id { get; init; } }",
            "public partial class Order\n{\n    public System.DateTime UpdatedAt { get; set; }\n}\n",
        ]);

        Assert.Contains("    [UpdatedAt]\n    public System.DateTime", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_of_a_base_class_is_marked_there()
    {
        IReadOnlyList<string> texts = await FixRun.FixAsync(new AddUpdatedAtCodeFixer(), "Mark 'UpdatedAt' with [UpdatedAt]",
        [
            "[DbMove.Migratable] public partial class Order : Base { public int Id { get; init; } }",
            "public abstract class Base\n{\n    public System.DateTime UpdatedAt { get; set; }\n}\n",
        ]);

        Assert.Contains("    [UpdatedAt]\n    public System.DateTime", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_a_readonly_struct_is_init_only() =>
        Assert.Contains(
            "UpdatedAt { get; init; }",
            await FixRun.FixAsync(new AddUpdatedAtCodeFixer(), Add, Usings + "[Migratable] public readonly partial struct Order { public int Id { get; init; } }"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("public int OrderNumber { get; set; }", "Make 'OrderNumber' the key", "Add a key 'Id'")]
    [InlineData("public OrderNo Number { get; set; }", "Make 'Number' the key", "Add a key 'Id'")]
    [InlineData("[NotMapped] public int Number { get; set; }", "Add a key 'Id'")]
    [InlineData("public int? Number { get; set; }", "Add a key 'Id'")]
    [InlineData("public int Number => 1;", "Add a key 'Id'")]
    [InlineData("[TargetOnly] public string? Code { get; set; }", "Add a key 'Id'")]
    [InlineData("[NotMapped] public int Id { get; set; }", "Add a key 'OrderId'")]
    [InlineData("[NotMapped] public int Id { get; set; } public void OrderId() { }")]
    public async Task A_key_is_marked_or_added_where_its_name_is_free(string member, params string[] titles)
    {
        string source = $"{Usings}\n[Migratable]\npublic partial class Order\n{{\n    {member}\n}}\npublic readonly record struct OrderNo(long Value);\n";

        Assert.Equal(titles, await FixRun.TitlesAsync(new AddKeyCodeFixer(), source));
        foreach (string title in titles)
        {
            await FixRun.FixAsync(new AddKeyCodeFixer(), title, source);
        }
    }

    [Fact]
    public async Task A_parameter_of_a_record_becomes_the_key() =>
        Assert.Contains(
            "record Order([property: Key] int OrderNumber, string Note)",
            await FixRun.FixAsync(new AddKeyCodeFixer(), "Make 'OrderNumber' the key", Usings + "[Migratable] public partial record Order(int OrderNumber, string Note);"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_member_of_a_base_class_becomes_the_key()
    {
        IReadOnlyList<string> texts = await FixRun.FixAsync(new AddKeyCodeFixer(), "Make 'Number' the key",
        [
            "[DbMove.Migratable] public partial class Order : Base { public string? Note { get; set; } }",
            "public abstract class Base\n{\n    public int Number { get; init; }\n}\n",
        ]);

        Assert.Contains("    [Key]\n    public int Number", texts[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DBM1002", "public string? Note { get; set; }", "Add a key 'Id'")]
    [InlineData("DBM1002", "public int Number { get; set; }", "Make 'Number' the key")]
    [InlineData("DBM1016", "public int Id { get; init; }", Add)]
    [InlineData("DBM1017", "public int Id { get; init; }", "The database numbers the rows")]
    public async Task Names_that_the_namespace_hides_are_found(string id, string member, string title)
    {
        string text = await FixRun.FixAsync(
            id switch { "DBM1002" => new AddKeyCodeFixer(), "DBM1016" => new AddUpdatedAtCodeFixer(), _ => new DeclareIdentityCodeFixer() },
            title,
            $"namespace Shop.DbMove\n{{\n    [global::DbMove.Migratable]\n    public partial class Order\n    {{\n        {member}\n    }}\n}}\nnamespace Shop.System\n{{\n    public class Other;\n}}\n");

        Assert.DoesNotContain("[System.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_in_a_namespace_that_hides_the_library_becomes_an_entity() =>
        await FixRun.FixAsync(new MarkMigratableCodeFixer(), "Mark the type [Migratable]",
            """
            namespace Shop.DbMove
            {
                public class Order { public int Id { get; init; } }
                public class Setup { public global::DbMove.MigrationBuilder To(global::DbMove.MigrationBuilder move) => move.AddEntity<Order>(); }
            }
            """);

    private const string Usings =
        """
        using System;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using DbMove;

        """;
}
