namespace DbMove.Dialects;

/// <summary>A key as an optional bound, for keys that are classes and keys that are structs alike.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <param name="Value">The key.</param>
public readonly record struct KeyBound<TKey>(TKey Value);
