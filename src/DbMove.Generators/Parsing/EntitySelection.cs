using System.Collections.Immutable;
using DbMove.Generators.Model;

namespace DbMove.Generators.Parsing;

/// <summary>What only the assembly as a whole can tell: clashing names, and whose repository is whose.</summary>
internal static class EntitySelection
{
    /// <summary>The names that more than one entity has, ignoring case.</summary>
    public static EquatableArray<string> FindDuplicates(ImmutableArray<EntityName> names) =>
        new([.. Duplicates(names.Select(static name => "wire:" + name.WireName)), .. Duplicates(names.Select(static name => "file:" + name.HintPrefix))]);

    /// <summary>The entity with its repository; an outline when its name is not its own or its repository is unusable.</summary>
    public static ParsedEntity Select(EntityModel entity, EquatableArray<string> duplicates, EquatableArray<RepositoryModel> repositories)
    {
        EntityModel chosen = WithRepository(entity, repositories, out bool isUsable);
        return isUsable
            && !duplicates.Contains("wire:" + entity.WireName, StringComparer.OrdinalIgnoreCase)
            && !duplicates.Contains("file:" + entity.HintPrefix, StringComparer.OrdinalIgnoreCase)
            ? new ParsedEntity(chosen, null)
            : new ParsedEntity(null, OutlineModel.Of(chosen, isUsable));
    }

    /// <summary>The outline with its repository.</summary>
    public static OutlineModel Select(OutlineModel outline, EquatableArray<RepositoryModel> repositories)
    {
        EntityModel chosen = WithRepository(outline.Entity, repositories, out bool isUsable);
        return outline with { Entity = chosen, HasRepository = outline.HasRepository && isUsable };
    }

    // A class that says [Repository<T>] is chosen before the one that only has the name.
    private static EntityModel WithRepository(EntityModel entity, EquatableArray<RepositoryModel> repositories, out bool isUsable)
    {
        string name = entity.FullName;
        ImmutableArray<RepositoryModel> own = [.. repositories.Where(repository => repository.Entity == name)];
        EntityModel chosen = own.IsEmpty ? entity : entity with { Repository = own[0] };
        isUsable = own.Length <= 1 && chosen.Repository is not { IsUsable: false };
        return chosen;
    }

    private static IEnumerable<string> Duplicates(IEnumerable<string> names) =>
        names.GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Skip(1).Any())
            .Select(static group => group.Key)
            .OrderBy(static name => name, StringComparer.Ordinal);
}
