using DbMove.Generators.Model;

namespace DbMove.Generators.Emission;

/// <summary>All files of one entity.</summary>
internal static class EntityEmitter
{
    public static EquatableArray<OutputFile> Emit(EntityModel entity) => entity.HasCompositeKey
        ? new(
        [
            EntityHalfEmitter.Emit(entity), MapEmitter.Emit(entity), ComparerEmitter.Emit(entity),
            FixerEmitter.Emit(entity), RepositoryEmitter.Emit(entity), KeyEmitter.Emit(entity),
        ])
        : new(
        [
            EntityHalfEmitter.Emit(entity), MapEmitter.Emit(entity), ComparerEmitter.Emit(entity),
            FixerEmitter.Emit(entity), RepositoryEmitter.Emit(entity),
        ]);
}
