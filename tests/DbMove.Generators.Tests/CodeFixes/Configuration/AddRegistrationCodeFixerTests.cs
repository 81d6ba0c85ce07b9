using DbMove.CodeFixes.Configuration;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.CodeFixes.Configuration;

public sealed class AddRegistrationCodeFixerTests
{
    [Theory]
    [InlineData("move.AddEntity<Order>()", "move.AddEntity<Order>().AddEntity<Line>()")]
    [InlineData("move\n        .AddEntity<Order>()", "move\n        .AddEntity<Order>()\n        .AddEntity<Line>()")]
    public async Task An_entity_is_added_after_another(string wrong, string expected)
    {
        const string template =
            """
            using DbMove;

            public static class Program
            {
                public static void Main() => Describe(new MigrationBuilder("shop"));

                private static MigrationBuilder Describe(MigrationBuilder move) => {0};
            }

            [Migratable] public partial class Order { public int Id { get; init; } }
            [Migratable] public partial class Line { public int Id { get; init; } }
            """;

        Assert.Equal(
            template.Replace("{0}", expected, StringComparison.Ordinal),
            await FixRun.FixAsync(new AddRegistrationCodeFixer(), "Add the entity to the migration", template.Replace("{0}", wrong, StringComparison.Ordinal), OutputKind.ConsoleApplication));
    }
}
