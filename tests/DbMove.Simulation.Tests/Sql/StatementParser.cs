using System.Collections.Concurrent;
using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>Reads the statements that the runtime runs on its control tables.</summary>
internal sealed class StatementParser : ExpressionParser
{
    private static readonly ConcurrentDictionary<string, Statement> s_read = new(StringComparer.Ordinal);

    private StatementParser(List<string> words)
        : base(words)
    {
    }

    public static Statement Parse(string sql) => s_read.GetOrAdd(sql, static text => new StatementParser(Lexer.Read(text)).Read());

    protected override Func<Scope, List<object?[]>> Query() => Select().Read;

    private Statement Read()
    {
        Statement statement = Word().ToUpperInvariant() switch
        {
            "INSERT" => Insert(),
            "UPDATE" => Update(),
            "DELETE" => Delete(),
            "CREATE" => Create(),
            "ALTER" => Alter(),
            "SAVEPOINT" => new SavepointStatement("SAVEPOINT", Word()),
            "ROLLBACK" => RollBack(),
            "RELEASE" => Release(),
            _ => SelectAgain(),
        };
        return IsEnd ? statement : throw Unknown("the end");
    }

    private SavepointStatement RollBack()
    {
        Expect("TO");
        Expect("SAVEPOINT");
        return new("ROLLBACK", Word());
    }

    private SavepointStatement Release()
    {
        Expect("SAVEPOINT");
        return new("RELEASE", Word());
    }

    private SelectStatement SelectAgain()
    {
        Back();
        return Select();
    }

    private SelectStatement Select()
    {
        Expect("SELECT");
        (bool outer, SawAggregate) = (SawAggregate, false);
        List<Expression?> items = List(Item);
        bool isAggregate = SawAggregate;
        (string? table, string? alias, Func<Scope, List<object?[]>>? values) = Take("FROM") ? Source() : default;
        (string, string, Expression)? join = Take("LEFT", "JOIN") ? Join() : null;

        Expression? where = Take("WHERE") ? Or() : null;
        List<Expression> groups = Take("GROUP", "BY") ? List(Or) : [];
        List<(Expression, bool)> order = Take("ORDER", "BY") ? List(Order) : [];
        Expression? limit = Take("LIMIT") ? Or() : null;
        bool forUpdate = Take("FOR", "UPDATE");
        SelectStatement select = new()
        {
            Items = items, IsAggregate = isAggregate, Table = table, Alias = alias, LeftJoin = join, Values = values, Where = where, GroupBy = groups, OrderBy = order, Limit = limit,
            ForUpdate = forUpdate, SkipLocked = forUpdate && Take("SKIP", "LOCKED"),
        };
        SawAggregate = outer;
        return select;
    }

    private Expression? Item()
    {
        if (Is(".", 1) && Is("*", 2))
        {
            (_, _, _) = (Word(), Word(), Word());
            return null;
        }

        Expression item = Or();
        if (Take("AS"))
        {
            Word();
        }

        return item;
    }

    private (Expression, bool) Order()
    {
        Expression by = Or();
        return (by, Take("DESC") || (Take("ASC") && false));
    }

    private (string Table, string Alias, Expression On) Join()
    {
        string table = Word();
        string alias = Alias() ?? table;
        Expect("ON");
        return (table, alias, Or());
    }

    private (string? Table, string? Alias, Func<Scope, List<object?[]>>? Values) Source()
    {
        if (Take("("))
        {
            Func<Scope, List<object?[]>> query = Query();
            Expect(")");
            return (null, Alias(), query);
        }

        if (Take("ELEMENTS", "("))
        {
            Expression json = Or();
            Expect(")");
            return (null, Alias(), scope => Elements(json(scope)));
        }

        return (Word(), Alias(), null);
    }

    /// <summary>Another name, if a word follows that begins nothing else.</summary>
    private string? Alias() =>
        Take("AS") ? Word() : IsEnd || s_next.Any(word => Is(word)) ? null : Word();

    private static readonly string[] s_next = ["WHERE", "GROUP", "ORDER", "LIMIT", "FOR", "LEFT", "ON", ")", ","];

    private InsertStatement Insert()
    {
        Expect("INTO");
        string table = Word();
        Expect("(");
        List<string> columns = List(Word);
        Expect(")");
        Func<Scope, List<object?[]>> rows;
        if (Take("VALUES"))
        {
            List<List<Expression>> values = List(() =>
            {
                Expect("(");
                List<Expression> row = List(Or);
                Expect(")");
                return row;
            });
            rows = scope => [.. values.Select(row => (object?[])[.. row.Select(value => value(scope))])];
        }
        else
        {
            rows = Query();
        }

        bool keeps = Take("ON", "CONFLICT");
        if (keeps)
        {
            Expect("DO");
            Expect("NOTHING");
        }

        return new() { Table = table, Columns = columns, Rows = rows, KeepsExisting = keeps };
    }

    private UpdateStatement Update()
    {
        string table = Word();
        Expect("SET");
        List<(string, Expression)> set = List(() =>
        {
            string column = Word();
            Expect("=");
            return (column, Or());
        });
        return new() { Table = table, Set = set, Where = Take("WHERE") ? Or() : null };
    }

    private DeleteStatement Delete()
    {
        Expect("FROM");
        return new() { Table = Word(), Where = Take("WHERE") ? Or() : null };
    }

    private DefinitionStatement Create()
    {
        if (!Take("TABLE"))
        {
            // Indexes change nothing that a statement sees.
            while (!IsEnd)
            {
                Word();
            }

            return new(_ => { });
        }

        bool ifMissing = Take("IF", "NOT") && Take("EXISTS");
        string name = Word();
        Expect("(");
        List<Action<Table>> parts = List(Part);
        Expect(")");
        return new(server =>
        {
            if (ifMissing && server.Tables.ContainsKey(name))
            {
                return;
            }

            Table table = new(name);
            parts.ForEach(part => part(table));
            server.Tables.Add(name, table);
        });
    }

    private DefinitionStatement Alter()
    {
        Expect("TABLE");
        string name = Word();
        Expect("ADD");
        Expect("COLUMN");
        Action<Table> column = Part();
        return new(server => column(server.Tables[name]));
    }

    private Action<Table> Part()
    {
        if (Take("PRIMARY", "KEY"))
        {
            Expect("(");
            List<string> key = List(Word);
            Expect(")");
            return table => table.Unique.Add(row => string.Join('\u0001', key.Select(column => ((object?[])row)[table.Columns[column]])));
        }

        string name = Word();
        (bool isKey, bool isGrowing) = (false, false);
        Expression standard = _ => null;
        while (!IsEnd && !Is(",") && !Is(")"))
        {
            string word = Word();
            isGrowing |= word == "growing";
            if (word == "PRIMARY")
            {
                Expect("KEY");
                isKey = true;
            }
            else if (word == "DEFAULT")
            {
                standard = Or();
            }
        }

        object? value = standard(null!);
        return table =>
        {
            int place = table.Defaults.Count;
            table.Columns.Add(name, place);
            table.Defaults.Add(value);
            table.Growing = isGrowing ? place : table.Growing;
            if (isKey)
            {
                table.Unique.Add(row => ((object?[])row)[place]);
            }
        };
    }
}
