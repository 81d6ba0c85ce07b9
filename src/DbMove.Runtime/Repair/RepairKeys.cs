using DbMove.Mapping;

namespace DbMove.Repair;

/// <summary>Keys to repair or confirm, by entity.</summary>
internal sealed class RepairKeys
{
    private readonly Dictionary<EntityBinding, HashSet<string>> _keys = [];

    /// <summary>Entities with keys, parents first.</summary>
    public IEnumerable<KeyValuePair<EntityBinding, HashSet<string>>> ByEntity => _keys.OrderBy(entity => entity.Key.Rank);

    /// <summary>How many keys there are.</summary>
    public int Count => _keys.Values.Sum(keys => keys.Count);

    /// <summary>Adds a key; false when it is in already.</summary>
    public bool Add(EntityBinding entity, string key)
    {
        if (!_keys.TryGetValue(entity, out HashSet<string>? keys))
        {
            _keys.Add(entity, keys = []);
        }

        return keys.Add(key);
    }

    /// <summary>One set a key.</summary>
    public IEnumerable<RepairKeys> Single()
    {
        foreach ((EntityBinding entity, HashSet<string> keys) in ByEntity)
        {
            foreach (string key in keys)
            {
                RepairKeys single = new();
                single.Add(entity, key);
                yield return single;
            }
        }
    }

    /// <summary>The same keys again.</summary>
    public RepairKeys Copy()
    {
        RepairKeys copy = new();
        foreach ((EntityBinding entity, HashSet<string> keys) in ByEntity)
        {
            foreach (string key in keys)
            {
                copy.Add(entity, key);
            }
        }

        return copy;
    }
}
