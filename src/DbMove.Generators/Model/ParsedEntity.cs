namespace DbMove.Generators.Model;

/// <summary>What became of a <c>[Migratable]</c> type: an entity, or the outline of one for which nothing can be generated.</summary>
internal sealed record ParsedEntity(EntityModel? Entity, OutlineModel? Outline);
