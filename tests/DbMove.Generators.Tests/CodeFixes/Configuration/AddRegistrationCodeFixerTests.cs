using DbMove.CodeFixes.Configuration;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.CodeFixes.Configuration;

public sealed class AddRegistrationCodeFixerTests
{
    private const string Title = "Add the entity to the migration";

    private const string Template =
        """
        using DbMove;

        public static class Program
        {
            public static void Main() => Describe(new MigrationBuilder("shop"));

            private static MigrationBuilder Describe(MigrationBuilder move) => {1};
        }
        {2}
        """;

    private const string Entities =
        """
        [Migratable] public partial class Order { public int Id { get; init; } }
        [Migratable] public partial class Line { public int Id { get; init; } }
        """;

    [Theory]
    [InlineData("move.AddEntity<Order>()", "move.AddEntity<Order>().AddEntity<Line>()")]
    [InlineData("move\n        .AddEntity<Order>()", "move\n        .AddEntity<Order>()\n        .AddEntity<Line>()")]
    [InlineData("move.AddEntity<Order>().Configure(options => { })", "move.AddEntity<Order>().AddEntity<Line>().Configure(options => { })")]
    public Task An_entity_is_added_after_another(string wrong, string expected) => FixAsync(wrong, expected, Entities);

    [Theory]
    [InlineData("move.Configure(options => { })", "move.Configure(options => { }).AddEntity<Line>()")]
    [InlineData("move\n        .Configure(options => { })\n        .Configure(options => { })", "move\n        .Configure(options => { })\n        .Configure(options => { })\n        .AddEntity<Line>()")]
    [InlineData("move", "move.AddEntity<Line>()")]
    [InlineData("new MigrationBuilder(\"other\")", "new MigrationBuilder(\"other\").AddEntity<Line>()")]
    public Task The_first_entity_is_added_after_the_calls_on_the_builder(string wrong, string expected) =>
        FixAsync(wrong, expected, "[Migratable] public partial class Line { public int Id { get; init; } }", describesAlone: true);

    [Fact]
    public async Task An_entity_of_a_library_is_added_by_its_full_name_where_that_is_needed()
    {
        string wrong = Source("move.AddEntity<Shop.Order>()", "");
        Assert.Equal(
            Source("move.AddEntity<Shop.Order>().AddEntity<Shop.Line>()", ""),
            await FixRun.FixAsync(new AddRegistrationCodeFixer(), Title, wrong, OutputKind.ConsoleApplication, "using DbMove; namespace Shop;\n" + Entities));
    }

    [Fact]
    public async Task A_method_that_is_handed_on_has_no_call_after_which_to_add()
    {
        const string source =
            """
            using System;
            using DbMove;
            public static class Program
            {
                public static void Main() { Func<MigrationBuilder, MigrationBuilder> none = static move => throw new NotSupportedException(); }
            }

            """;

        // No builder is used, so nothing is said, and there is nothing to fix.
        Assert.Empty(await FixRun.DiagnosticsAsync(new AddRegistrationCodeFixer(), OutputKind.ConsoleApplication, source + Entities));
    }

    private static async Task FixAsync(string wrong, string expected, string entities, bool describesAlone = false) =>
        Assert.Equal(
            Source(expected, entities, describesAlone),
            await FixRun.FixAsync(new AddRegistrationCodeFixer(), Title, Source(wrong, entities, describesAlone), OutputKind.ConsoleApplication));

    private static string Source(string body, string entities, bool describesAlone = false)
    {
        string source = Template.Replace("{1}", body, StringComparison.Ordinal).Replace("{2}", entities, StringComparison.Ordinal);
        return describesAlone ? source.Replace("Describe(new MigrationBuilder(\"shop\"))", "System.Console.WriteLine()", StringComparison.Ordinal) : source;
    }
}
