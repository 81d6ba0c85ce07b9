using System.Globalization;
using static DbMove.PostgreSql.Statements.EntityStatements;

namespace DbMove.PostgreSql.Statements;

/// <summary>Composes what reads ranges of keys: pages, boundaries and digests. Each in four forms, by which bounds are open.</summary>
internal sealed class RangeComposer
{
    private readonly EntityStatements _entity;
    private readonly string[] _pages = new string[4];
    private readonly string[] _boundaries = new string[4];
    private readonly string[] _digests = new string[4];

    public RangeComposer(EntityStatements entity, string? hashProbe)
    {
        _entity = entity;
        DigestColumns digest = new([.. entity.Columns.Where(column => column.IsCompared)], entity.Definition.Entity.Comparison);
        DigestName = hashProbe is null || digest.Types is null ? null : $"postgresql/{hashProbe}/{digest.Types}";
        for (int form = 0; form < 4; form++)
        {
            string where = Where(form, out int parameters);
            string next = Parameter(parameters + 1);
            _pages[form] = $"SELECT {entity.ReadList("t")} FROM {entity.Table} AS t{where} ORDER BY {entity.OrderList("t")} LIMIT {next}";
            _boundaries[form] = $"SELECT {entity.KeyReadList("t")} FROM {entity.Table} AS t{where} ORDER BY {entity.OrderList("t")} OFFSET {next} LIMIT 1";

            // The outer hash mixes each row's hash: a plain sum of row hashes is blind to values swapped between two rows.
            _digests[form] = "SELECT count(*), coalesce(sum(hashint8extended(hash_record_extended("
                + $"ROW({digest.Expressions}), 0), 0)), 0)::text FROM {entity.Table} AS t{where}";
        }

        LastKey = $"SELECT {entity.KeyReadList("t")} FROM {entity.Table} AS t ORDER BY {entity.OrderList("t", " DESC")} LIMIT 1";
    }

    /// <summary>See <see cref="Dialects.IEntityStore{TEntity, TKey}.DigestName"/>.</summary>
    public string? DigestName { get; }

    public string LastKey { get; }

    public string Page(bool hasAfter, bool hasUpTo) => _pages[Form(hasAfter, hasUpTo)];

    public string Boundary(bool hasAfter, bool hasUpTo) => _boundaries[Form(hasAfter, hasUpTo)];

    public string Digest(bool hasAfter, bool hasUpTo) => _digests[Form(hasAfter, hasUpTo)];

    public IEnumerable<KeyValuePair<string, string>> Named()
    {
        yield return new("page", _pages[3]);
        yield return new("boundary", _boundaries[3]);
        yield return new("last", LastKey);
        if (DigestName is not null)
        {
            yield return new("digest", _digests[3]);
        }
    }

    private static int Form(bool hasAfter, bool hasUpTo) => (hasAfter ? 1 : 0) + (hasUpTo ? 2 : 0);

    // A row comparison, so that one index condition serves composite keys.
    private string Where(int form, out int parameters)
    {
        List<string> conditions = [];
        parameters = 0;
        foreach ((int bit, string comparison) in new[] { (1, ">"), (2, "<=") })
        {
            if ((form & bit) != 0)
            {
                int first = parameters + 1;
                string bounds = string.Join(", ", Enumerable.Range(first, _entity.Keys.Length).Select(Parameter));
                conditions.Add(string.Create(CultureInfo.InvariantCulture, $"({_entity.OrderList("t")}) {comparison} ({bounds})"));
                parameters += _entity.Keys.Length;
            }
        }

        return conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions);
    }
}
