namespace DbMove.Generators.Model;

/// <summary>
/// What is emitted for an entity that has an error: the types that other code names, so that it compiles up to that
/// error. The compiler runs no analyzer over a project whose declarations name a type that does not exist.
/// </summary>
/// <param name="Entity">The entity, as far as it could be read.</param>
/// <param name="IsNameable">Whether a type beside the entity can name it as a type argument.</param>
/// <param name="HasRepository">Whether the repository's name is free, or taken by a class that can be joined.</param>
/// <param name="HasFixer">Whether the fixer's name is free.</param>
/// <param name="HasKey">Whether there is a key type to emit and its name is free.</param>
internal sealed record OutlineModel(EntityModel Entity, bool IsNameable, bool HasRepository, bool HasFixer, bool HasKey)
{
    /// <summary>The outline of an entity whose declaration is right by itself.</summary>
    public static OutlineModel Of(EntityModel entity, bool hasRepository) =>
        new(entity with { IsOutline = true }, IsNameable: true, hasRepository, HasFixer: true, entity.HasCompositeKey);
}
