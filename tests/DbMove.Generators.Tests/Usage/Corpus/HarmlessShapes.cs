namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>Code as services have it: it writes tables of its own beside the migratable ones, or only speaks of them. <c>{n}</c> makes its names.</summary>
internal static class HarmlessShapes
{
    public static IReadOnlyList<string> All { get; } =
    [
        // A service with a data source.
        """
        public sealed class Ledger{n}(DbDataSource source, TimeProvider clock)
        {
            private const string Insert = "INSERT INTO ledger_{n} (account, amount, at) VALUES (@account, @amount, @at)";

            public async Task<int> BookAsync(long account, decimal amount, CancellationToken cancellationToken)
            {
                await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
                await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
                await using DbCommand command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = Insert;
                Add(command, "@account", account);
                Add(command, "@amount", amount);
                Add(command, "@at", clock.GetUtcNow());
                int rows = await command.ExecuteNonQueryAsync(cancellationToken);
                command.CommandText = "UPDATE accounts SET balance = balance + @amount, orders = orders + 1 WHERE id = @account";
                rows += await command.ExecuteNonQueryAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return rows;
            }

            private static void Add(DbCommand command, string name, object value)
            {
                DbParameter parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }
        }
        """,

        // A service with a connection, that reads the migratable table and keeps sums of it.
        """
        public sealed class DailySums{n}(DbConnection connection)
        {
            private static readonly string s_copy = string.Join(
                Environment.NewLine,
                "INSERT INTO daily_sums_{n} (day, total)",
                "SELECT date(created), sum(total)",
                "FROM orders",
                "GROUP BY 1",
                "ON CONFLICT (day) DO UPDATE SET total = excluded.total");

            public async Task<decimal> RefreshAsync(DateOnly day)
            {
                int written = await connection.ExecuteAsync(s_copy);
                if (written == 0)
                {
                    await connection.ExecuteAsync("DELETE FROM daily_sums_{n} WHERE day < @day AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = daily_sums_{n}.id)", new { day });
                }

                return await connection.QuerySingleOrDefaultAsync<decimal>("SELECT total FROM daily_sums_{n} JOIN purchases USING (id) WHERE day = @day FOR UPDATE", new { day });
            }
        }
        """,

        // A unit of work.
        """
        public interface IUnit{n} : IAsyncDisposable { DbConnection Connection { get; } DbTransaction? Current { get; } Task CommitAsync(); }

        public sealed class Unit{n}(NpgsqlDataSource source) : IUnit{n}
        {
            private readonly List<Func<IUnit{n}, Task>> _work = [];

            public DbConnection Connection { get; private set; } = null!;

            public DbTransaction? Current { get; private set; }

            public void Defer(string table, long id) =>
                _work.Add(unit => unit.Connection.ExecuteAsync($"DELETE FROM attachments_{table.Length} WHERE id = @id", new { id }, unit.Current));

            public async Task CommitAsync()
            {
                Connection = await source.OpenConnectionAsync();
                Current = await Connection.BeginTransactionAsync();
                try
                {
                    foreach (Func<IUnit{n}, Task> step in _work)
                    {
                        await step(this);
                    }

                    await Connection.ExecuteAsync("UPDATE units SET orders = @count WHERE id = {n}", new { count = _work.Count }, Current);
                    await Current.CommitAsync();
                }
                catch (DbException) when (_work.Count > 0)
                {
                    await Current.RollbackAsync();
                    throw;
                }
            }

            public async ValueTask DisposeAsync()
            {
                if (Current is { } open)
                {
                    await open.DisposeAsync();
                }

                await Connection.DisposeAsync();
            }
        }
        """,

        // Endpoints of a web service.
        """
        public interface IRoutes{n} { IRoutes{n} MapPost(string pattern, Delegate handler); IRoutes{n} MapDelete(string pattern, Delegate handler); IRoutes{n} MapGet(string pattern, Delegate handler); }

        public static class Endpoints{n}
        {
            public static void Map(IRoutes{n} routes, NoteContext context) => routes
                .MapGet("/orders/{id}", async (long id, OrderRepository orders, CancellationToken token) => await orders.FindAsync(id, cancellationToken: token))
                .MapPost("/orders", (Order order, OrderRepository orders, CancellationToken token) => orders.InsertAsync(order, cancellationToken: token))
                .MapPost("/orders/{id}/notes", async (long id, CancellationToken token) => { context.Notes.Add(new Note { Id = id }); return await context.SaveChangesAsync(token); })
                .MapPost("/update/orders", async (DbDataSource source) => { await using var command = source.CreateCommand("UPDATE visits_{n} SET path = 'DELETE FROM orders'"); return await command.ExecuteNonQueryAsync(); })
                .MapDelete("/orders/{id}", async (long id, Migration migration, OrderRepository orders) => await migration.ExecuteInTransactionAsync((transaction, token) => orders.DeleteAsync(id, transaction, token)))
                .MapDelete("/carts/{id}", async (long id, NpgsqlConnection connection) => await connection.ExecuteAsync("DELETE FROM carts WHERE id = @id", new { id }));
        }
        """,

        // A context of EF Core in two halves, whose entities are not migratable.
        """
        public sealed class Author{n} { public int Id { get; set; } public string Name { get; set; } = ""; public List<Book{n}> Books { get; } = []; }

        public sealed class Book{n} { public int Id { get; set; } public string Title { get; set; } = ""; public int AuthorId { get; set; } }

        public partial class LibraryContext{n}(DbContextOptions<LibraryContext{n}> options) : DbContext(options)
        {
            public DbSet<Author{n}> Orders => Set<Author{n}>();

            public override async Task<int> SaveChangesAsync(CancellationToken cancellationToken = default)
            {
                foreach (var entry in ChangeTracker.Entries<Book{n}>().Where(entry => entry.State == EntityState.Added))
                {
                    entry.Entity.Title = entry.Entity.Title.Trim();
                }

                return await base.SaveChangesAsync(cancellationToken);
            }
        }

        public partial class LibraryContext{n}
        {
            public DbSet<Book{n}> Books { get; set; } = null!;

            protected override void OnModelCreating(ModelBuilder modelBuilder)
            {
                modelBuilder.Entity<Author{n}>().ToTable("authors").HasMany(author => author.Books).WithOne().HasForeignKey(book => book.AuthorId);
                modelBuilder.Entity<Book{n}>().ToTable("orders", "library").HasIndex(book => book.Title);
            }
        }

        public sealed class Library{n}(LibraryContext{n} context)
        {
            public async Task<int> RenameAsync(int id, string name, CancellationToken cancellationToken)
            {
                Author{n} author = await context.Orders.Include(one => one.Books).SingleAsync(one => one.Id == id, cancellationToken);
                author.Name = name;
                context.Books.RemoveRange(author.Books.Where(book => book.Title.Length == 0));
                return await context.SaveChangesAsync(cancellationToken);
            }

            public Task<int> PurgeAsync(CancellationToken cancellationToken) =>
                context.Books.Where(book => context.Orders.All(author => author.Id != book.AuthorId)).ExecuteDeleteAsync(cancellationToken);

            public Task<int> ShoutAsync(CancellationToken cancellationToken) =>
                context.Orders.ExecuteUpdateAsync(change => change.SetProperty(author => author.Name, author => author.Name.ToUpper()), cancellationToken);

            public Task<int> CleanAsync(int id, CancellationToken cancellationToken) =>
                context.Database.ExecuteSqlAsync($"DELETE FROM library.orders WHERE author_id = {id}", cancellationToken);
        }
        """,

        // A builder of statements.
        """
        public sealed class Statement{n}
        {
            private readonly System.Text.StringBuilder _text = new();
            private readonly DynamicParameters _parameters = new();
            private int _count;

            public static Statement{n} Update(string table) => new Statement{n}().Add("UPDATE ").Add(table).Add(" SET ");

            public static Statement{n} Delete(string table) => new Statement{n}().Add("DELETE FROM ").Add(table);

            public Statement{n} Set(string column, object value)
            {
                string name = "@p" + _count++;
                _parameters.Add(name, value);
                return Add(_count == 1 ? "" : ", ").Add(column).Add(" = ").Add(name);
            }

            public Statement{n} Where(string condition) => Add(" WHERE ").Add(condition);

            public Task<int> RunAsync(DbConnection connection) => connection.ExecuteAsync(_text.ToString(), _parameters);

            private Statement{n} Add(string part)
            {
                _text.Append(part);
                return this;
            }

            public static Task<int> ExampleAsync(DbConnection connection) => Update("basket_{n}").Set("orders", 1).Set("total", 2m).Where("id = 3").RunAsync(connection);
        }
        """,

        // Texts in dictionaries and resources.
        """"
        public static class Texts{n}
        {
            private static readonly Dictionary<string, string> s_texts = new(StringComparer.Ordinal)
            {
                ["clear"] = "DELETE FROM queue_{n}",
                ["orders"] = "UPDATE queue_{n} SET state = 'orders'",
                ["fill"] = """
                    INSERT INTO queue_{n} (id, state)
                    SELECT id, 'new' FROM orders
                    WHERE total > 0
                    """,
            };

            private static readonly System.Resources.ResourceManager s_resources = new("Shop.Texts", typeof(Texts{n}).Assembly);

            public static async Task RunAsync(DbConnection connection, string name)
            {
                await connection.ExecuteAsync(s_texts[name]);
                await connection.ExecuteAsync(s_resources.GetString(name) ?? s_texts["clear"]);
                foreach ((string key, string text) in s_texts)
                {
                    await connection.ExecuteAsync(text + " /* " + key + ": DELETE FROM orders */");
                }
            }
        }
        """",

        // A generic repository of one's own.
        """
        public interface IKept{n} { long Id { get; } }

        public sealed record Coupon{n}(long Id, decimal Discount) : IKept{n};

        public abstract class Store{n}<T>(DbConnection connection)
            where T : class, IKept{n}
        {
            protected virtual string Table => typeof(T).Name.ToLowerInvariant() + "s";

            public Task<int> DeleteAsync(long id) => connection.ExecuteAsync($"DELETE FROM {Table} WHERE id = @id", new { id });

            public Task<T?> FindAsync(long id) => connection.QuerySingleOrDefaultAsync<T>($"SELECT * FROM {Table} WHERE id = @id", new { id });

            public async Task<int> MoveAsync(long from, long to)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "UPDATE " + Table + " SET id = @to WHERE id = @from";
                return await command.ExecuteNonQueryAsync() + (int)(to - from);
            }
        }

        public sealed class Coupons{n}(DbConnection connection) : Store{n}<Coupon{n}>(connection)
        {
            protected override string Table => "coupons_of_orders";
        }
        """,

        // An interceptor.
        """
        public sealed class Watch{n} : Microsoft.EntityFrameworkCore.Diagnostics.DbCommandInterceptor
        {
            private static readonly string[] s_watched = ["DELETE FROM orders", "UPDATE orders SET", "INSERT INTO orders", "TRUNCATE orders"];

            public int Seen { get; private set; }

            public override Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<int> NonQueryExecuting(
                DbCommand command, Microsoft.EntityFrameworkCore.Diagnostics.CommandEventData eventData, Microsoft.EntityFrameworkCore.Diagnostics.InterceptionResult<int> result)
            {
                Seen += s_watched.Count(text => command.CommandText.Contains(text, StringComparison.OrdinalIgnoreCase));
                command.CommandText = command.CommandText.Replace("/*orders*/", "/* {n} */") + " -- UPDATE orders SET seen = 1";
                return command.CommandText.StartsWith("DELETE", StringComparison.Ordinal) ? throw new InvalidOperationException("DELETE FROM orders is not for here.") : result;
            }
        }
        """,

        // COPY into another table, and out of the migratable one.
        """
        public sealed class Loader{n}(NpgsqlDataSource source)
        {
            public async Task<ulong> LoadAsync(IAsyncEnumerable<(long Id, decimal Price)> prices, CancellationToken cancellationToken)
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
                await using NpgsqlBinaryImporter import = await connection.BeginBinaryImportAsync("COPY prices_{n} (id, price, orders) FROM STDIN (FORMAT BINARY)", cancellationToken);
                await foreach ((long id, decimal price) in prices.WithCancellation(cancellationToken))
                {
                    await import.StartRowAsync(cancellationToken);
                    await import.WriteAsync(id, cancellationToken);
                    await import.WriteAsync(price, cancellationToken);
                    await import.WriteAsync(0, cancellationToken);
                }

                return await import.CompleteAsync(cancellationToken);
            }

            public async Task SaveAsync(System.IO.TextWriter to)
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync();
                using System.IO.TextReader rows = await connection.BeginTextExportAsync("COPY (SELECT * FROM orders ORDER BY id) TO STDOUT");
                await to.WriteAsync(await rows.ReadToEndAsync());
                using NpgsqlBinaryExporter export = connection.BeginBinaryExport("COPY orders TO STDOUT (FORMAT BINARY)");
                export.Cancel();
            }
        }
        """,

        // Statements in bulk of EF Core on other entities, and reads of the migratable ones.
        """
        public sealed class Notebook{n}(NoteContext notes, ShopContext shop)
        {
            public async Task<int> CutAsync(int[] ids, CancellationToken token)
            {
                int rows = await notes.Notes.Where(note => ids.Contains((int)note.Id)).ExecuteDeleteAsync(token);
                rows += await shop.Notes.Where(note => shop.Orders.Any(order => order.Id == note.Id)).ExecuteUpdateAsync(change => change.SetProperty(note => note.Id, note => note.Id + {n}), token);
                var sums = from order in shop.Orders.AsNoTracking() group order by order.Total into same select new { same.Key, Count = same.Count() };
                foreach (var sum in await sums.ToListAsync(token))
                {
                    rows += sum.Count;
                }

                return rows + shop.Orders.FromSqlRaw("SELECT * FROM orders WHERE total > 0").Count();
            }
        }
        """,

        // The words in plain text.
        """
        public static class Help{n}
        {
            public static string Explain(string command) => command.ToUpperInvariant() switch
            {
                "DELETE" => "DELETE orders: removes all orders from the basket",
                "UPDATE" => "UPDATE orders SET: changes what was ordered; see INSERT INTO orders",
                var other when other.StartsWith("DELETE FROM", StringComparison.Ordinal) => other["DELETE FROM".Length..].Trim(),
                _ => $"Unknown: {command}. Say DELETE FROM orders, or UPDATE orders SET total = {{n}}.",
            };

            public static IEnumerable<string> Menu()
            {
                yield return "1. Delete from orders";
                yield return "2. " + string.Format(null, "Update {0} set", "orders");
                yield return new System.Text.StringBuilder("INSERT").Append(" INTO ").Append("orders").ToString();
            }

            public static bool IsWrite(string sql) => sql.TrimStart().StartsWith("DELETE", StringComparison.OrdinalIgnoreCase) || sql.Contains("UPDATE orders", StringComparison.Ordinal);

            public static string Title(this string text) => text.Replace("DELETE FROM orders", "delete").Replace("UPDATE orders SET", "update");
        }
        """,

        // Messages of a log.
        """
        public sealed class Jobs{n}(Microsoft.Extensions.Logging.ILogger logger, DbDataSource source)
        {
            private const string Message = "DELETE FROM orders took {Time}";

            public async Task RunAsync(CancellationToken cancellationToken)
            {
                System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
                Microsoft.Extensions.Logging.LoggerExtensions.LogInformation(logger, "UPDATE orders SET total = {Total}", {n});
                await using DbCommand command = source.CreateCommand("DELETE FROM jobs_{n} WHERE message = 'DELETE FROM orders'");
                try
                {
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }
                catch (DbException exception)
                {
                    Microsoft.Extensions.Logging.LoggerExtensions.LogError(logger, exception, $"INSERT INTO orders failed after {watch.Elapsed}: {command.CommandText}");
                    throw new InvalidOperationException("TRUNCATE orders", exception);
                }
                finally
                {
                    Microsoft.Extensions.Logging.LoggerExtensions.LogDebug(logger, Message, watch.Elapsed);
                }
            }
        }
        """,

        // Batches.
        """
        public sealed class Batches{n}(NpgsqlConnection connection)
        {
            public async Task<int> WriteAsync(IReadOnlyList<long> ids)
            {
                await using NpgsqlBatch batch = connection.CreateBatch();
                foreach (long id in ids)
                {
                    batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO marks_{n} (id, of) VALUES ($1, 'orders')") { Parameters = { new NpgsqlParameter { Value = id } } });
                }

                NpgsqlBatchCommand last = new("WITH old AS (DELETE FROM marks_{n} WHERE id < 0 RETURNING id) SELECT count(*) FROM old JOIN orders USING (id)");
                batch.BatchCommands.Add(last);
                return await batch.ExecuteNonQueryAsync();
            }
        }
        """,

        // Definitions.
        """
        public static class Schema{n}
        {
            public static void Create(SqliteConnection connection)
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = "CREATE TABLE IF NOT EXISTS lines_{n} (id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders ON DELETE CASCADE ON UPDATE CASCADE); CREATE INDEX IF NOT EXISTS by_total ON orders (total)";
                command.ExecuteNonQuery();
                command.CommandText = "CREATE TRIGGER IF NOT EXISTS after_{n} AFTER DELETE ON orders BEGIN DELETE FROM lines_{n} WHERE order_id = old.id; UPDATE counts SET deleted = deleted + 1; END; ANALYZE";
                command.ExecuteNonQuery();
                connection.Execute("CREATE VIEW open_{n} AS SELECT id, replace(customer, 'orders', '') AS customer FROM orders; PRAGMA user_version = {n}");
                connection.Execute("CREATE TABLE copy_{n} AS SELECT max(id) AS id FROM orders; DROP TABLE copy_{n}");
            }
        }
        """,

        // A queue that is read by deleting.
        """
        public sealed class Outbox{n}(DbConnection connection, OrderRepository orders, Migration migration)
        {
            public async Task<int> DrainAsync(Func<long, Order?, Task> send, CancellationToken cancellationToken)
            {
                string sql = choose() ? "DELETE FROM outbox_{n} WHERE id IN (SELECT id FROM outbox_{n} ORDER BY id LIMIT 10) RETURNING id" : "SELECT id FROM outbox_{n}";
                long[] ids = [.. await connection.QueryAsync<long>(new CommandDefinition(sql, cancellationToken: cancellationToken))];
                await using DualWriteTransaction transaction = await migration.BeginTransactionAsync(cancellationToken: cancellationToken);
                foreach (Order? order in await orders.FindManyAsync(ids, transaction, cancellationToken))
                {
                    await send(order?.Id ?? 0, order);
                    if (order is not null)
                    {
                        await orders.UpdateAsync(order, transaction, cancellationToken);
                    }
                }

                await transaction.CommitAsync(cancellationToken);
                return ids.Length + (await orders.FindAsync({n}, cancellationToken: cancellationToken) is null ? 0 : 1);

                static bool choose() => Environment.ProcessorCount > {n} % 3;
            }
        }
        """,

        // A command of one's own that notes what it is given.
        """
        public sealed class Recorder{n} : IDisposable
        {
            private readonly List<string> _texts = [];

            public string CommandText { get; set; } = "DELETE FROM orders";

            public int Execute(string sql)
            {
                _texts.Add(sql);
                CommandText = "UPDATE orders SET total = " + _texts.Count;
                return _texts.FindIndex(text => text == "INSERT INTO orders (id) VALUES ({n})");
            }

            public void Dispose() => Execute("TRUNCATE orders");
        }
        """,
    ];
}
