namespace DbMove.Generators.Model;

/// <summary>The types that go with a repository.</summary>
/// <param name="Accessibility">Who sees them: whoever sees the repository.</param>
/// <param name="Interface">The interface's name as code writes it; null: there is none.</param>
/// <param name="IsJoined">Whether the user has a part of the interface, which says who sees it.</param>
/// <param name="InMemory">The in-memory repository's name as code writes it; null: there is none.</param>
internal sealed record ContractModel(string Accessibility, string? Interface, bool IsJoined, string? InMemory);
