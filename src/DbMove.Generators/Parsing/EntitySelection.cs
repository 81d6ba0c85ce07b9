using System.Collections.Immutable;
using DbMove.Generators.Model;

namespace DbMove.Generators.Parsing;

/// <summary>What only the assembly as a whole can tell: clashing names, and whose repository is whose.</summary>
internal static class EntitySelection
{
    /// <summary>The names that more than one entity has, ignoring case.</summary>
    public static EquatableArray<string> FindDuplicates(ImmutableArray<EntityName> names) =>
        new([.. Duplicates(names.Select(static name => "wire:" + name.WireName)), .. Duplicates(names.Select(static name => "file:" + name.HintPrefix))]);

    /// <summary>The entity with its repository; null when its name is not its own or its repository is unusable.</summary>
    public static EntityModel? Select(EntityModel entity, EquatableArray<string> duplicates, EquatableArray<RepositoryModel> repositories)
    {
        if (duplicates.Contains("wire:" + entity.WireName, StringComparer.OrdinalIgnoreCase)
            || duplicates.Contains("file:" + entity.HintPrefix, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        string name = entity.FullName;
        ImmutableArray<RepositoryModel> own = [.. repositories.Where(repository => repository.Entity == name)];
        EntityModel chosen = own.IsEmpty ? entity : entity with { Repository = own[0] };
        return own.Length > 1 || chosen.Repository is { IsUsable: false } ? null : chosen;
    }

    private static IEnumerable<string> Duplicates(IEnumerable<string> names) =>
        names.GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Skip(1).Any())
            .Select(static group => group.Key)
            .OrderBy(static name => name, StringComparer.Ordinal);
}
