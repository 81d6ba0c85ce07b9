namespace DbMove.Generators.Model;

/// <summary>A type in which an entity is nested.</summary>
/// <param name="Keyword">As its declaration says: <c>class</c>, <c>record struct</c> and so on.</param>
/// <param name="Identifier">Its name as code writes it.</param>
internal sealed record ContainerModel(string Keyword, string Identifier);
