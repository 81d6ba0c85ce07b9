using static DbMove.PostgreSql.Statements.EntityStatements;

namespace DbMove.PostgreSql.Statements;

/// <summary>Composes the statements by key: what the follower receives, and locked reads.</summary>
internal sealed class FollowerComposer
{
    public FollowerComposer(EntityStatements entity)
    {
        string names = NameList(entity.ImageColumns);
        string insert = $"INSERT INTO {entity.Table} AS t ({names}) OVERRIDING SYSTEM VALUE ";
        string one = insert + $"VALUES ({ValueList(entity.ImageColumns, 1)}) ";
        string values = string.Join(", ", entity.ImageColumns.Select((column, index) => column.Value($"u.c{index}")));
        string many = insert + $"SELECT {values} FROM {Unnest(entity.ImageColumns.Length, "u")} ";
        string doNothing = $"ON CONFLICT ({NameList(entity.Keys)}) DO NOTHING";
        string doUpdate = entity.ImageColumns.All(column => column.Column.IsKey)
            ? doNothing : AuthorityComposer.ConflictUpdate(entity, entity.ImageColumns);

        UpsertOne = one + doUpdate;
        UpsertMany = many + doUpdate;
        InsertMissingMany = many + doNothing;
        CopyIn = $"COPY {entity.Table} ({names}) FROM STDIN (FORMAT binary)";
        CreateLoad = $"CREATE TEMPORARY TABLE dbmove_load ON COMMIT DROP AS SELECT {names} FROM {entity.Table} WITH NO DATA";
        CopyLoad = $"COPY pg_temp.dbmove_load ({names}) FROM STDIN (FORMAT binary)";
        InsertLoaded = $"{insert}SELECT {names} FROM pg_temp.dbmove_load {doNothing}";

        string keys = Unnest(entity.Keys.Length, "k");
        DeleteOne = $"DELETE FROM {entity.Table} AS t WHERE {entity.KeyPredicate("t", 1)}";
        DeleteMany = $"DELETE FROM {entity.Table} AS t USING {keys} WHERE {entity.KeyJoin("t", "k")}";

        FindOne = $"SELECT {entity.ReadList("t")} FROM {entity.Table} AS t WHERE {entity.KeyPredicate("t", 1)}";
        FindMany = $"SELECT {entity.ReadList("t")} FROM {keys} JOIN {entity.Table} AS t ON {entity.KeyJoin("t", "k")}";

        // Rows are locked as they leave the sort, so two lockers meet in the same order.
        string ordered = $" ORDER BY {entity.OrderList("t")}";
        FindOneShared = FindOne + " FOR SHARE";
        FindOneForUpdate = FindOne + " FOR UPDATE";
        FindManyShared = FindMany + ordered + " FOR SHARE OF t";
        FindManyForUpdate = FindMany + ordered + " FOR UPDATE OF t";
    }

    public string UpsertOne { get; }

    public string UpsertMany { get; }

    public string InsertMissingMany { get; }

    public string CopyIn { get; }

    public string CreateLoad { get; }

    public string CopyLoad { get; }

    public string InsertLoaded { get; }

    public string DeleteOne { get; }

    public string DeleteMany { get; }

    public string FindOne { get; }

    public string FindOneShared { get; }

    public string FindOneForUpdate { get; }

    public string FindMany { get; }

    public string FindManyShared { get; }

    public string FindManyForUpdate { get; }

    public IEnumerable<KeyValuePair<string, string>> Named() =>
    [
        new("image.upsert", UpsertOne),
        new("image.upsert.many", UpsertMany),
        new("image.delete", DeleteOne),
        new("image.delete.many", DeleteMany),
        new("missing.insert", InsertMissingMany),
        new("missing.copy", CopyIn),
        new("missing.load", CopyLoad),
        new("missing.insert.loaded", InsertLoaded),
        new("find", FindOne),
        new("find.many", FindMany),
        new("find.many.share", FindManyShared),
        new("find.many.update", FindManyForUpdate),
    ];
}
