namespace DbMove.Dialects;

/// <summary>The keys after one key, up to and with another.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <param name="After">Exclusive lower bound; null: open.</param>
/// <param name="UpTo">Inclusive upper bound; null: open.</param>
public readonly record struct KeyRange<TKey>(KeyBound<TKey>? After, KeyBound<TKey>? UpTo);
