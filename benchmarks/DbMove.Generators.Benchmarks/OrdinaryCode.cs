using System.Globalization;

namespace DbMove.Generators.Benchmarks;

/// <summary>Ordinary code of a service: classes of six kinds, one a file, by turns.</summary>
internal static class OrdinaryCode
{
    public const int Entities = 50;

    public static IEnumerable<(string Path, string Text)> Files(int lines)
    {
        int written = 0;
        for (int number = 0; number < Entities; number++)
        {
            string entity = EntityProject.Entity(number);
            written += Lines(entity);
            yield return (EntityProject.Path(number), entity);
        }

        for (int number = 0; written < lines; number++)
        {
            string text = Header(number) + (number % 6) switch
            {
                0 => Requests(number),
                1 => Commands(number),
                2 => Queries(number),
                3 => Contexts(number),
                4 => Calculations(number),
                _ => Parsing(number),
            };
            written += Lines(text);
            yield return (string.Create(CultureInfo.InvariantCulture, $"Code{number}.cs"), text);
        }
    }

    private static int Lines(string text) => text.Count(unit => unit == '\n') + 1;

    private static string Header(int number) =>
        $"""
        using System;
        using System.Collections.Generic;
        using System.Data.Common;
        using System.Globalization;
        using System.Linq;
        using System.Net.Http;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Dapper;
        using Microsoft.EntityFrameworkCore;
        using Npgsql;

        namespace Shop.Service{number % 40};


        """;

    private static string Requests(int number) =>
        $$"""
        public sealed record Request{{number}}(string Name, int Count, decimal Price, DateTimeOffset At, IReadOnlyList<string> Tags);

        public sealed class Client{{number}}(HttpClient http)
        {
            private readonly Dictionary<string, (DateTimeOffset At, string Body)> _cache = new(StringComparer.Ordinal);

            public async Task<string> GetAsync(Request{{number}} request, CancellationToken cancellationToken)
            {
                string address = $"/items/{Uri.EscapeDataString(request.Name)}?count={request.Count}&at={request.At:O}";
                if (_cache.TryGetValue(address, out (DateTimeOffset At, string Body) cached) && DateTimeOffset.UtcNow - cached.At < TimeSpan.FromMinutes(5))
                {
                    return cached.Body;
                }

                for (int attempt = 0; ; attempt++)
                {
                    try
                    {
                        using HttpResponseMessage response = await http.GetAsync(address, cancellationToken).ConfigureAwait(false);
                        response.EnsureSuccessStatusCode();
                        string body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
                        _cache[address] = (DateTimeOffset.UtcNow, body);
                        return body;
                    }
                    catch (HttpRequestException) when (attempt < 3)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), cancellationToken).ConfigureAwait(false);
                    }
                }
            }

            public string Describe(IEnumerable<Request{{number}}> requests)
            {
                StringBuilder text = new();
                foreach (IGrouping<string, Request{{number}}> group in requests.GroupBy(request => request.Name).OrderByDescending(group => group.Sum(request => request.Price)))
                {
                    text.Append(group.Key).Append(": ").Append(group.Count()).Append(" for ").AppendLine(group.Sum(request => request.Count * request.Price).ToString("N2", CultureInfo.InvariantCulture));
                    foreach (string tag in group.SelectMany(request => request.Tags).Distinct().Order())
                    {
                        text.Append("  #").AppendLine(tag);
                    }
                }

                return text.ToString();
            }
        }
        """;

    private static string Commands(int number) =>
        $$""""
        public sealed class Ledger{{number}}(DbDataSource source)
        {
            private const string Table = "ledger_{{number}}";

            public async Task<int> AddAsync(string account, decimal amount, CancellationToken cancellationToken)
            {
                await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using DbCommand command = connection.CreateCommand();
                command.CommandText = $"INSERT INTO {Table} (account, amount, at) VALUES (@account, @amount, @at)";
                Add(command, "@account", account);
                Add(command, "@amount", amount);
                Add(command, "@at", DateTimeOffset.UtcNow);
                return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            public async Task<decimal> SumAsync(string account, DateTimeOffset? since, CancellationToken cancellationToken)
            {
                string text = "SELECT coalesce(sum(amount), 0) FROM " + Table + " WHERE account = @account";
                if (since is not null)
                {
                    text += " AND at >= @since";
                }

                await using DbCommand command = source.CreateCommand(text);
                Add(command, "@account", account);
                Add(command, "@since", (object?)since ?? DBNull.Value);
                return (decimal)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            }

            public async Task<List<(string Account, decimal Amount)>> ListAsync(CancellationToken cancellationToken)
            {
                List<(string, decimal)> rows = [];
                await using DbCommand command = source.CreateCommand(
                    """
                    SELECT account, sum(amount)
                    FROM ledger_{{number}}
                    GROUP BY account
                    ORDER BY 2 DESC
                    """);
                await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add((reader.GetString(0), reader.GetDecimal(1)));
                }

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
        """";

    private static string Queries(int number) =>
        $$"""
        public sealed record Visit{{number}}(long Id, string Page, int Seconds, DateTime At);

        public sealed class Visits{{number}}(NpgsqlDataSource source)
        {
            public async Task<IReadOnlyList<Visit{{number}}>> FindAsync(string page, int minimum)
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync().ConfigureAwait(false);
                IEnumerable<Visit{{number}}> visits = await connection.QueryAsync<Visit{{number}}>(
                    "SELECT id, page, seconds, at FROM visits_{{number}} WHERE page = @page AND seconds >= @minimum ORDER BY id LIMIT 100", new { page, minimum }).ConfigureAwait(false);
                return [.. visits.Where(visit => visit.Seconds > 0)];
            }

            public async Task<long> AddAsync(Visit{{number}} visit)
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync().ConfigureAwait(false);
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
                long id = await connection.ExecuteScalarAsync<long>("INSERT INTO visits_{{number}} (page, seconds, at) VALUES (@Page, @Seconds, @At) RETURNING id", visit, transaction).ConfigureAwait(false);
                await connection.ExecuteAsync("UPDATE pages_{{number}} SET visits = visits + 1 WHERE name = @Page", visit, transaction).ConfigureAwait(false);
                await transaction.CommitAsync().ConfigureAwait(false);
                return id;
            }

            public async Task<Dictionary<string, double>> AveragesAsync()
            {
                await using NpgsqlConnection connection = await source.OpenConnectionAsync().ConfigureAwait(false);
                var rows = await connection.QueryAsync<(string Page, double Average)>("SELECT page, avg(seconds) FROM visits_{{number}} GROUP BY page").ConfigureAwait(false);
                return rows.ToDictionary(row => row.Page, row => Math.Round(row.Average, 2), StringComparer.OrdinalIgnoreCase);
            }

            public Task<int> ForgetAsync(NpgsqlConnection connection, DateTime before) =>
                connection.ExecuteAsync("DELETE FROM visits_{{number}} WHERE at < @before", new { before });
        }
        """;

    private static string Contexts(int number) =>
        $$"""
        public sealed class Post{{number}}
        {
            public int Id { get; set; }

            public required string Title { get; set; }

            public string? Body { get; set; }

            public List<Comment{{number}}> Comments { get; } = [];
        }

        public sealed class Comment{{number}}
        {
            public int Id { get; set; }

            public int PostId { get; set; }

            public required string Text { get; set; }

            public bool IsHidden { get; set; }
        }

        public sealed class Blog{{number}}(DbContextOptions<Blog{{number}}> options) : DbContext(options)
        {
            public DbSet<Post{{number}}> Posts => Set<Post{{number}}>();

            public DbSet<Comment{{number}}> Comments => Set<Comment{{number}}>();
        }

        public sealed class Blogging{{number}}(Blog{{number}} blog)
        {
            public async Task<int> PublishAsync(string title, string? body, CancellationToken cancellationToken)
            {
                Post{{number}} post = new() { Title = title.Trim(), Body = body };
                blog.Posts.Add(post);
                await blog.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                return post.Id;
            }

            public async Task<IReadOnlyList<string>> TitlesAsync(string word, int page, CancellationToken cancellationToken) =>
                await blog.Posts
                    .Where(post => post.Title.Contains(word) || post.Comments.Any(comment => comment.Text.Contains(word) && !comment.IsHidden))
                    .OrderByDescending(post => post.Id)
                    .Skip(page * 20)
                    .Take(20)
                    .Select(post => post.Title)
                    .ToListAsync(cancellationToken)
                    .ConfigureAwait(false);

            public Task<int> HideAsync(int id, CancellationToken cancellationToken) =>
                blog.Comments.Where(comment => comment.PostId == id).ExecuteUpdateAsync(set => set.SetProperty(comment => comment.IsHidden, true), cancellationToken);

            public Task<int> RemoveAsync(int id, CancellationToken cancellationToken) =>
                blog.Posts.Where(post => post.Id == id).ExecuteDeleteAsync(cancellationToken);

            public Task<int> RenumberAsync(CancellationToken cancellationToken) =>
                blog.Database.ExecuteSqlAsync($"UPDATE posts_{{number}} SET rank = rank + {1}", cancellationToken);
        }
        """;

    private static string Calculations(int number) =>
        $$"""
        public readonly record struct Vector{{number}}(double X, double Y, double Z)
        {
            public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

            public static Vector{{number}} operator +(Vector{{number}} left, Vector{{number}} right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

            public static Vector{{number}} operator *(Vector{{number}} vector, double factor) => new(vector.X * factor, vector.Y * factor, vector.Z * factor);
        }

        public sealed class Simulation{{number}}(int bodies, int seed)
        {
            private readonly Vector{{number}}[] _places = new Vector{{number}}[bodies];
            private readonly Vector{{number}}[] _speeds = new Vector{{number}}[bodies];
            private readonly Random _random = new(seed);

            public void Start()
            {
                for (int body = 0; body < _places.Length; body++)
                {
                    _places[body] = new Vector{{number}}(_random.NextDouble(), _random.NextDouble(), _random.NextDouble());
                    _speeds[body] = _places[body] * 0.01;
                }
            }

            public double Step(double time)
            {
                double energy = 0;
                for (int body = 0; body < _places.Length; body++)
                {
                    Vector{{number}} pull = default;
                    for (int other = 0; other < _places.Length; other++)
                    {
                        if (other != body)
                        {
                            Vector{{number}} way = _places[other] + (_places[body] * -1);
                            double distance = Math.Max(way.Length, 1e-6);
                            pull += way * (1 / (distance * distance * distance));
                        }
                    }

                    _speeds[body] += pull * time;
                    energy += _speeds[body].Length * _speeds[body].Length / 2;
                }

                for (int body = 0; body < _places.Length; body++)
                {
                    _places[body] += _speeds[body] * time;
                }

                return energy;
            }

            public (double Least, double Greatest) Bounds() => (_places.Min(place => place.Length), _places.Max(place => place.Length));
        }
        """;

    private static string Parsing(int number) =>
        $$"""
        public enum Token{{number}} { Number, Word, Sign, End }

        public sealed class Reader{{number}}(string text)
        {
            private int _position;

            public string Value { get; private set; } = "";

            public Token{{number}} Next()
            {
                while (_position < text.Length && char.IsWhiteSpace(text[_position]))
                {
                    _position++;
                }

                if (_position == text.Length)
                {
                    return Token{{number}}.End;
                }

                int start = _position;
                char first = text[_position++];
                Token{{number}} kind = first switch
                {
                    >= '0' and <= '9' => Token{{number}}.Number,
                    _ when char.IsLetter(first) => Token{{number}}.Word,
                    _ => Token{{number}}.Sign,
                };
                while (kind != Token{{number}}.Sign && _position < text.Length && char.IsLetterOrDigit(text[_position]))
                {
                    _position++;
                }

                Value = text[start.._position];
                return kind;
            }

            public static IReadOnlyDictionary<string, int> Count(string text)
            {
                Dictionary<string, int> counts = new(StringComparer.OrdinalIgnoreCase);
                Reader{{number}} reader = new(text);
                for (Token{{number}} kind = reader.Next(); kind != Token{{number}}.End; kind = reader.Next())
                {
                    if (kind == Token{{number}}.Word)
                    {
                        counts[reader.Value] = counts.GetValueOrDefault(reader.Value) + 1;
                    }
                    else if (kind == Token{{number}}.Number && !int.TryParse(reader.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                    {
                        throw new FormatException($"'{reader.Value}' at {reader._position} is no number.");
                    }
                }

                return counts;
            }
        }
        """;
}
