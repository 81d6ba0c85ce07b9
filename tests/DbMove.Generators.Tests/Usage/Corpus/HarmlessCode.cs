using System.Globalization;
using System.Text;

namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>Varied code that writes other tables, reads migratable ones, or writes them through DbMove.</summary>
internal static class HarmlessCode
{
    public static IReadOnlyList<CorpusMethod> Cases { get; } =
    [
        .. SqlForms.Plain.SelectMany((form, index) => UnsafeWrites.Texts(form.Code, Statements.Writes, Statements.Other, index, 50)),
        .. SqlForms.Plain.SelectMany((form, index) => UnsafeWrites.Texts(form.Code, Statements.Reads, Statements.Migratable, index, 30)),
        .. SqlForms.Copies.SelectMany((form, index) => UnsafeWrites.Texts(form.Code, Statements.Copies, Statements.Other, index, 30)),
        .. SqlForms.Interpolated.SelectMany((form, index) => UnsafeWrites.Interpolated(form.Code, Statements.Writes, Statements.Other, index, 30)),
        .. Safe().SelectMany((code, index) => Statements.Carried.Select((statement, turn) =>
            new CorpusMethod(code.Replace("{text}", TextShapes.Literal(statement.Replace("{t}", Statements.Migratable[(index + turn) % Statements.Migratable.Count], StringComparison.Ordinal)), StringComparison.Ordinal)))),
        .. UnsafeWrites.Saves("notes", "Notes"),
        .. UnsafeWrites.Bulk("Note", "shop.Notes"),
        new CorpusMethod("await orders.InsertAsync(order); await using var transaction = await migration.BeginTransactionAsync(); await orders.DeleteAsync(1, transaction); await transaction.CommitAsync();"),
    ];

    /// <summary>So many files of ordinary code. Their names and numbers differ, and which texts come together.</summary>
    public static IEnumerable<string> Files(int files)
    {
        for (int file = 0; file < files; file++)
        {
            StringBuilder code = new StringBuilder().Append(CultureInfo.InvariantCulture, $"namespace Ordinary.Part{file};\n").Append(Type(file, file)).Append(Type(file, file + files));
            foreach (string shape in HarmlessShapes.All)
            {
                code.Append(shape.Replace("{n}", file.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).Append("\n\n");
            }

            yield return code.ToString();
        }
    }

    private static IEnumerable<string> Safe() =>
    [
        "dualConnection.CreateCommand().CommandText = {text};",
        "await using DbCommand command = dual.CreateCommand({text}); await command.ExecuteNonQueryAsync();",
        "await using DbConnection one = await dual.OpenConnectionAsync(token).ConfigureAwait(false); await one.ExecuteAsync({text}, new { id = 1 });",
        "using IDbConnection one = dual.CreateConnection(); var rows = one.Query<long>({text}).ToList();",
        "string text = {text}; System.Console.WriteLine(text.Length);",
    ];

    private static readonly string[] s_texts =
    [
        "\"DELETE FROM shelf_archive WHERE title = @title\"",
        "$\"UPDATE orders{ids[0]} SET title = @title\"",
        "\"INSERT INTO archive.orders SELECT * FROM orders\"",
        "\"SELECT can_delete AS delete FROM orders\"",
        "ids.Length > 3 ? \"TRUNCATE shelf_a\" : \"TRUNCATE shelf_b\"",
        "string.Join(' ', \"UPDATE\", \"shelf\", \"SET orders = 1\")",
        "\"CREATE TRIGGER t AFTER UPDATE ON shelf BEGIN DELETE FROM orders; END\"",
    ];

    private static string Type(int file, int number) =>
        $$"""

        /// <summary>Deletes from orders: only the words.</summary>
        public sealed class Shelf{{number}} : IEnumerable<string>
        {
            private readonly Dictionary<string, List<decimal>> _items = new(StringComparer.Ordinal);

            public int Capacity { get; init; } = {{(file * 25) + number}};

            public string Title => $"UPDATE orders SET title = {Capacity}";

            public decimal this[string name] => _items.TryGetValue(name, out List<decimal>? prices) ? prices.Sum() : 0m;

            public bool Put(string name, decimal price)
            {
                if (_items.Count >= Capacity)
                {
                    return false;
                }

                if (!_items.TryGetValue(name, out List<decimal>? prices))
                {
                    _items.Add(name, prices = []);
                }

                prices.Add(decimal.Round(price, {{number % 4}}));
                return true;
            }

            public async Task<int> CountAsync(Func<string, Task<bool>> filter, CancellationToken cancellationToken)
            {
                int count = 0;
                foreach (string name in _items.Keys.Order(StringComparer.Ordinal))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    count += await filter(name + " -- DELETE FROM orders") ? 1 : 0;
                }

                return count switch
                {
                    > {{1000 + number}} => throw new InvalidOperationException("INSERT INTO orders"),
                    0 when Capacity > {{file}} => -1,
                    _ => count,
                };
            }

            public async Task SaveAsync(DbConnection connection, NoteContext notes, int[] ids)
            {
                await connection.ExecuteAsync("INSERT INTO shelf_{{number}} (title, capacity) VALUES (@Title, @Capacity)", this);
                using DbCommand command = connection.CreateCommand();
                command.CommandText = {{s_texts[number % s_texts.Length]}};
                command.CommandText += " -- {{number}}";
                await command.ExecuteNonQueryAsync();
                notes.Notes.Add(new Note { Id = ids.Length });
                await notes.SaveChangesAsync();
            }

            public IEnumerator<string> GetEnumerator()
            {
                for (int index = 0; index < _items.Count; index++)
                {
                    yield return _items.Keys.ElementAt(index).Replace("orders", "notes");
                }
            }

            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

            private readonly record struct Slot(int Row, int Column)
            {
                public Slot Next => this with { Column = Column + 1 };
            }
        }

        """;
}
