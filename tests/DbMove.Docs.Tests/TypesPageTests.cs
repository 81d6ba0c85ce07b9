using System.Text;
using System.Text.RegularExpressions;
using DbMove.Dialects;
using DbMove.Docs.Tests.Documents;
using DbMove.Mapping;
using DbMove.PostgreSql.Binding;
using DbMove.Sqlite;
using DbMove.Sqlite.Values;
using Microsoft.Data.Sqlite;

namespace DbMove.Docs.Tests;

/// <summary>docs/types.md says what the dialects accept and write.</summary>
public sealed partial class TypesPageTests
{
    private static readonly Dictionary<string, ColumnType> s_members = new()
    {
        ["bool"] = ColumnType.Boolean, ["byte"] = ColumnType.Byte, ["sbyte"] = ColumnType.SByte, ["short"] = ColumnType.Int16, ["ushort"] = ColumnType.UInt16,
        ["int"] = ColumnType.Int32, ["uint"] = ColumnType.UInt32, ["long"] = ColumnType.Int64, ["ulong"] = ColumnType.UInt64, ["decimal"] = ColumnType.Decimal,
        ["double"] = ColumnType.Double, ["float"] = ColumnType.Single, ["string"] = ColumnType.String, ["char"] = ColumnType.Char, ["Guid"] = ColumnType.Guid,
        ["DateTime"] = ColumnType.DateTime, ["DateTimeOffset"] = ColumnType.DateTimeOffset, ["DateOnly"] = ColumnType.DateOnly, ["TimeOnly"] = ColumnType.TimeOnly,
        ["TimeSpan"] = ColumnType.TimeSpan, ["byte[]"] = ColumnType.Bytes,
    };

    private static readonly Dictionary<string, ColumnSchema> s_postgreSql = new()
    {
        ["boolean"] = Of("boolean", StorageKind.Boolean),
        ["smallint"] = Of("smallint", StorageKind.Integer) with { Bits = 16 },
        ["integer"] = Of("integer", StorageKind.Integer) with { Bits = 32 },
        ["bigint"] = Of("bigint", StorageKind.Integer) with { Bits = 64 },
        ["numeric"] = Of("numeric", StorageKind.Decimal),
        ["real"] = Of("real", StorageKind.Float) with { Bits = 32 },
        ["double precision"] = Of("double precision", StorageKind.Float) with { Bits = 64 },
        ["text"] = Of("text", StorageKind.Text),
        ["varchar(200)"] = Of("character varying(200)", StorageKind.Text) with { MaxLength = 200 },
        ["char(36)"] = Of("character(36)", StorageKind.Text) with { MaxLength = 36, IsPadded = true },
        ["citext"] = Of("citext", StorageKind.Text),
        ["json"] = Of("json", StorageKind.Text),
        ["jsonb"] = Of("jsonb", StorageKind.Text) with { RewritesText = true },
        ["xml"] = Of("xml", StorageKind.Text),
        ["uuid"] = Of("uuid", StorageKind.Guid),
        ["timestamp"] = Of("timestamp without time zone", StorageKind.Timestamp),
        ["timestamptz"] = Of("timestamp with time zone", StorageKind.Instant),
        ["date"] = Of("date", StorageKind.Date),
        ["time"] = Of("time without time zone", StorageKind.Time),
        ["interval"] = Of("interval", StorageKind.Interval),
        ["bytea"] = Of("bytea", StorageKind.Bytes),
    };

    [Fact]
    public void Every_member_type_is_on_the_page_once() =>
        Assert.Equal(Enum.GetValues<ColumnType>().Order(), Rows().SelectMany(row => row.Members).Select(name => s_members[name]).Order());

    [Fact]
    public void PostgreSql_accepts_exactly_what_the_page_lists()
    {
        foreach ((string[] members, string[] listed, _, _) in Rows())
        {
            foreach (string member in members)
            {
                string[] accepted = [.. s_postgreSql.Where(type => ColumnRules.Check(Of(s_members[member]), type.Value) is null).Select(type => type.Key)];
                Assert.True(accepted.ToHashSet().SetEquals(listed), $"{member}: the page lists {string.Join(", ", listed)}, and the dialect accepts {string.Join(", ", accepted)}.");
            }
        }
    }

    [Fact]
    public async Task Sqlite_accepts_what_the_page_lists_and_refuses_what_it_says_is_refused()
    {
        List<string> wrong = [];
        foreach ((string[] members, _, string[] accepted, string[] refused) in Rows())
        {
            string[] types = [.. accepted, .. refused];
            IReadOnlyList<ColumnSchema> columns = await DescribeAsync(types);
            foreach (string member in members)
            {
                for (int index = 0; index < types.Length; index++)
                {
                    bool isAccepted = SqliteChecks(s_members[member], columns[index]) is null;
                    if (isAccepted != index < accepted.Length)
                    {
                        wrong.Add($"{member} in {types[index]} is {(isAccepted ? "accepted" : "refused")}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Sqlite_writes_the_texts_that_the_page_shows()
    {
        DateTime clock = new(2026, 3, 1, 9, 30, 0, 250);
        Dictionary<string, string> texts = new()
        {
            ["Guid"] = Text(static (span) => TextForms.Write(span, Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301"))),
            ["DateTime"] = Text(span => TextForms.Write(span, clock)),
            ["DateTimeOffset"] = Text(span => TextForms.Write(span, new DateTimeOffset(clock, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(2)))),
            ["DateOnly"] = Text(span => TextForms.Write(span, DateOnly.FromDateTime(clock))),
            ["TimeOnly"] = Text(span => TextForms.Write(span, TimeOnly.FromDateTime(clock))),
            ["TimeSpan"] = Text(static span => TextForms.Write(span, new TimeSpan(1, 2, 3, 4, 250))),
            ["decimal"] = Text(static span => TextForms.Write(span, 17.50m)),
        };

        Assert.All(texts, text => Assert.Contains($"\n| `{text.Key}` | `{text.Value}` |", Page, StringComparison.Ordinal));
    }

    private static string Page { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "types.md"));

    private static IEnumerable<(string[] Members, string[] PostgreSql, string[] Sqlite, string[] Refused)> Rows()
    {
        string[] table = [.. Page.Split('\n').SkipWhile(line => !line.StartsWith("| member | PostgreSQL", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))];
        Assert.NotEmpty(table);
        return table.Select(line => line.Split('|')).Select(cells => (Names(cells[1]), Names(cells[2]), Names(cells[3]), Names(cells[4])));
    }

    private static string[] Names(string cell) => [.. Name().Matches(cell).Select(match => match.Groups[1].Value)];

    private static string? SqliteChecks(ColumnType type, ColumnSchema schema) => DbMove.Sqlite.Schema.ColumnCheck.Run(Of(type), schema);

    /// <summary>Columns of these declared types, as the dialect's catalogue describes them.</summary>
    private static async Task<IReadOnlyList<ColumnSchema>> DescribeAsync(string[] types)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        string folder = Directory.CreateTempSubdirectory("dbmove-types-").FullName;
        try
        {
            string file = Path.Combine(folder, "types.db");
            await using (SqliteConnection connection = new($"Data Source={file};Pooling=False"))
            {
                await connection.OpenAsync(cancel);
                await using SqliteCommand command = connection.CreateCommand();
                command.CommandText = $"CREATE TABLE types (id INTEGER PRIMARY KEY{string.Concat(types.Select((type, index) => $", c{index} {type} NOT NULL"))})";
                await command.ExecuteNonQueryAsync(cancel);
            }

            await using SqliteDatabase database = new(Side.Source, SqliteLocation.Parse(file));
            await using SideSession session = await database.OpenAsync(SessionUse.Read, cancel);
            TableSchema? table = await database.DescribeAsync(session, new TableName(null, "types"), cancel);
            return [.. table!.Columns.Skip(1)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ColumnSchema Of(string declared, StorageKind kind) => new() { Name = "c", DeclaredType = declared, Kind = kind };

    private static ColumnDescriptor Of(ColumnType type) => new() { Ordinal = 0, Member = "Member", SourceName = "c", TargetName = "c", Type = type };

    private static string Text(SpanWriter write)
    {
        Span<byte> text = stackalloc byte[TextForms.MaxLength];
        return Encoding.UTF8.GetString(text[..write(text)]);
    }

    private delegate int SpanWriter(Span<byte> text);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
