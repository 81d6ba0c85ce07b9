using DbMove.Generators.Model;
using DbMove.Roslyn;

namespace DbMove.Generators.Parsing;

/// <summary>Turns a mapped member into a model.</summary>
internal static class ColumnParser
{
    public static ColumnModel Parse(MemberShape member, int ordinal, int keyOrdinal) => new()
    {
        Ordinal = ordinal,
        Name = member.Name,
        Identifier = Identifiers.Escape(member.Name),
        SourceName = member.SourceName,
        TargetName = member.TargetName,
        Type = member.Type,
        TypeName = StorageParser.FullName(member.BareType),
        TargetForm = member.TargetStorage is { } target ? new FormModel(target.Type, StorageParser.Parse(target)) : null,
        Storage = member.Storage is { } storage ? StorageParser.Parse(storage) : null,
        // A key is never null, whatever a file without nullable annotations leaves open.
        IsNullable = keyOrdinal < 0 && member.IsNullable,
        IsReference = member.Property.Type.IsReferenceType,
        KeyOrdinal = keyOrdinal,
        Generated = member.Generated,
        OnlyOn = member.IsSourceOnly ? "Source" : member.IsTargetOnly ? "Target" : null,
        IsUpdatedAt = member.IsUpdatedAt,
        IsConcurrencyToken = member.IsConcurrencyToken,
        IsRowVersion = member.IsRowVersion,
        Comparison = keyOrdinal < 0 && !member.IsSourceOnly && !member.IsTargetOnly ? Comparison(member.Comparison) : null,
    };

    private static ComparisonModel? Comparison(ComparisonShape? shape) => shape is { Kind: not ComparisonKind.Value }
        ? new ComparisonModel(shape.Kind, shape.Comparer is { } comparer ? StorageParser.FullName(comparer) : shape.Argument)
        : null;
}
