using DbMove.Mapping;

namespace DbMove.Reads;

/// <summary>The keys of one read: those that the ramp means for the target, and the rest.</summary>
internal sealed class RampedRead<TEntity, TKey, TMap>
    where TEntity : notnull
    where TKey : notnull
    where TMap : IEntityMap<TEntity, TKey>
{
    private readonly Dictionary<string, TKey> _ramped = new(StringComparer.Ordinal);
    private readonly List<TKey> _rest = [];

    /// <param name="binding">The entity.</param>
    /// <param name="keys">Distinct by their texts.</param>
    /// <param name="percentage">Of the ramp.</param>
    public RampedRead(EntityBinding<TEntity, TKey, TMap> binding, TKey[] keys, int percentage)
    {
        Binding = binding;
        foreach (TKey key in keys)
        {
            string text = TMap.FormatKey(key);
            if (RampBucket.Of(binding.Name, text) < percentage)
            {
                _ramped.Add(text, key);
            }
            else
            {
                _rest.Add(key);
            }
        }
    }

    public EntityBinding<TEntity, TKey, TMap> Binding { get; }

    /// <summary>Whether nothing is meant for the target, any more or at all.</summary>
    public bool IsEmpty => _ramped.Count == 0;

    /// <summary>What is meant for the target.</summary>
    public IReadOnlyList<TKey> Keys => [.. _ramped.Values];

    /// <inheritdoc cref="Keys"/>
    public IReadOnlyCollection<string> Texts => _ramped.Keys;

    /// <summary>What is the source's.</summary>
    public IReadOnlyList<TKey> Rest => _rest;

    /// <summary>Leaves keys to the source.</summary>
    public void Leave(IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            if (_ramped.Remove(text, out TKey? key))
            {
                _rest.Add(key);
            }
        }
    }

    /// <summary>Removes what was found.</summary>
    public void Remove(List<TEntity> found)
    {
        foreach (TEntity row in found)
        {
            _ramped.Remove(TMap.FormatKey(TMap.GetKey(row)));
        }
    }
}
