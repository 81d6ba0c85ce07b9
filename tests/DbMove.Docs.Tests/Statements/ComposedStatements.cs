using System.Text;
using DbMove.Dialects;
using DbMove.PostgreSql.Catalogue;
using DbMove.PostgreSql.Statements;
using DbMove.Sqlite;
using Microsoft.Data.Sqlite;
using Shop;

namespace DbMove.Docs.Tests.Statements;

/// <summary>The statements that each dialect composes for <see cref="OrderLine"/>, as the document prints them.</summary>
internal static class ComposedStatements
{
    private const int Width = 118;

    public static string PostgreSql(Side side)
    {
        // The digest needs to know what the server hashes to; its text is the same for all of them.
        EntityStatements statements = new(OrderLineTables.Define(side, OrderLineTables.DescribePostgreSql(side)), TableFacts.None, "17/probe");
        return Print(new PostgreSqlStore<OrderLine, OrderLineKey, OrderLineMap>(statements).Statements);
    }

    public static async Task<string> SqliteAsync(Side side)
    {
        string folder = Directory.CreateTempSubdirectory("dbmove-docs-").FullName;
        try
        {
            string file = Path.Combine(folder, "shop.db");
            await using (SqliteConnection connection = new($"Data Source={file};Pooling=False"))
            {
                await connection.OpenAsync();
                await using SqliteCommand command = connection.CreateCommand();
                command.CommandText = side == Side.Source ? OrderLineTables.SqliteSource : OrderLineTables.SqliteTarget;
                await command.ExecuteNonQueryAsync();
            }

            await using SqliteDatabase database = new(side, SqliteLocation.Parse(file));
            await using SideSession session = await database.OpenAsync(SessionUse.Read, TestContext.Current.CancellationToken);
            TableSchema? table = await database.DescribeAsync(session, OrderLineMap.Descriptor.TableOn(side), TestContext.Current.CancellationToken);
            return Print(database.CreateStore<OrderLine, OrderLineKey, OrderLineMap>(OrderLineTables.Define(side, table!)).Statements);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Print(IReadOnlyDictionary<string, string> statements)
    {
        StringBuilder text = new();
        foreach ((string name, string sql) in statements.OrderBy(statement => statement.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("-- ").Append(name).Append('\n');
            int column = 0;
            foreach (string word in sql.Split(' '))
            {
                bool isNewLine = column > 0 && column + 1 + word.Length > Width;
                text.Append(isNewLine ? "\n    " : column > 0 ? " " : "").Append(word);
                column = (isNewLine ? 4 : column > 0 ? column + 1 : 0) + word.Length;
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
