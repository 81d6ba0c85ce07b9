using System.Reflection;
using System.Text.RegularExpressions;
using DbMove.Docs.Tests.Documents;
using Microsoft.Extensions.Logging;

namespace DbMove.Docs.Tests;

/// <summary>Every message of the log has an id of its own, in a room that docs/operations.md lists.</summary>
public sealed partial class LogIdsTests
{
    private static (int Id, string Method)[] Ids { get; } =
    [
        .. new[] { typeof(Migration), typeof(DbMove.Sqlite.SqliteDatabase), typeof(DbMove.PostgreSql.PostgreSqlDatabase), typeof(NatsOptions), typeof(ControlEndpoints) }
            .SelectMany(static type => type.Assembly.GetTypes())
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(static method => (method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId, $"{method.DeclaringType!.Name}.{method.Name}"))
            .Where(static message => message.EventId is not null)
            .Select(static message => (message.EventId!.Value, message.Item2)),
    ];

    [Fact]
    public void No_id_stands_for_two_messages()
    {
        Assert.True(Ids.Length >= 60, $"Only {Ids.Length} messages were found.");
        Assert.Empty(Ids.GroupBy(message => message.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(message => message.Method))}"));
    }

    [Fact]
    public void A_hundred_of_ids_belongs_to_one_room_and_the_page_lists_it()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        string log = page[page.IndexOf("## Log", StringComparison.Ordinal)..page.IndexOf("## Traces", StringComparison.Ordinal)];
        int[] listed = [.. Room().Matches(log).Select(match => int.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture)).Order()];

        Assert.All(Ids.GroupBy(message => message.Id / 100), room => Assert.Single(room.Select(message => message.Method.Split('.')[0]).Distinct()));
        Assert.Equal(Ids.Select(message => message.Id / 100 * 100).Distinct().Order(), listed);
    }

    [GeneratedRegex(@"\b[12]\d00\b")]
    private static partial Regex Room();
}
