using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>All files of one entity.</summary>
internal static class EntityEmitter
{
    public static EquatableArray<OutputFile> Emit(EntityModel entity) => new([.. Files(entity)]);

    private static IEnumerable<OutputFile> Files(EntityModel entity)
    {
        yield return EntityHalfEmitter.Emit(entity);
        yield return MapEmitter.Emit(entity);
        yield return ComparerEmitter.Emit(entity);
        yield return FixerEmitter.Emit(entity);
        yield return RepositoryEmitter.Emit(entity);
        if (entity.Contract.InMemory is { } memory)
        {
            yield return InMemoryEmitter.Emit(entity, memory);
        }

        if (entity.HasCompositeKey)
        {
            yield return KeyEmitter.Emit(entity);
        }
    }
}
