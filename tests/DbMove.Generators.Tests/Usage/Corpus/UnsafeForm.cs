namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>A way to write a migratable table past DbMove, or to lose a write.</summary>
/// <param name="Name">What it is called in the table of the documentation.</param>
/// <param name="Rule">The rule that finds it.</param>
/// <param name="Writes">The bodies of methods, one for each write.</param>
internal sealed record UnsafeForm(string Name, string Rule, IReadOnlyList<CorpusMethod> Writes);
