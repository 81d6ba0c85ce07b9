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

    /// <summary>Two parts: the keys outside a set and those in it; where one of them is empty, two halves, parents first.</summary>
    public IReadOnlyList<RepairKeys> Apart(RepairKeys set)
    {
        (EntityBinding Entity, string Key)[] all = [.. ByEntity.SelectMany(entity => entity.Value.Select(key => (entity.Key, key)))];
        ILookup<bool, (EntityBinding Entity, string Key)> sides = all.ToLookup(each => set._keys.TryGetValue(each.Entity, out HashSet<string>? keys) && keys.Contains(each.Key));
        return sides.Count == 2 ? [Of(sides[false]), Of(sides[true])] : [Of(all[..(all.Length / 2)]), Of(all[(all.Length / 2)..])];
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

    private static RepairKeys Of(IEnumerable<(EntityBinding Entity, string Key)> keys)
    {
        RepairKeys part = new();
        foreach ((EntityBinding entity, string key) in keys)
        {
            part.Add(entity, key);
        }

        return part;
    }
}
