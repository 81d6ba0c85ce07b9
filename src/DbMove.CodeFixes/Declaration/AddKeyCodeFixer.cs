using System.Composition;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Fixes DBM1002: marks a member that sounds like a key, or adds one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddKeyCodeFixer))]
[Shared]
public sealed class AddKeyCodeFixer() : MemberCodeFixer("DBM1002")
{
    private static readonly string[] s_endings = ["Id", "ID", "Number", "No", "Code", "Key", "Guid", "Uuid"];

    private protected override string Attribute => NewSyntax.Key;

    private protected override string MarkTitle(string member) => $"Make '{member}' the key";

    private protected override bool IsLikely(MemberShape member) =>
        member is
        {
            Type: ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64 or ColumnType.UInt16 or ColumnType.UInt32 or ColumnType.UInt64 or ColumnType.String or ColumnType.Guid,
            Storage: { Enum: null, Problem: null },
            IsSourceOnly: false,
            IsTargetOnly: false,
            IsUpdatedAt: false,
            IsConcurrencyToken: false,
        }
        && KeyShape.FindWeakness(member) is null
        && s_endings.Any(ending => member.Name.EndsWith(ending, StringComparison.Ordinal));

    private protected override NewMember? FindNew(EntityShape shape, bool hasLikely) =>
        new[] { "Id", shape.Type.Name + "Id" }.FirstOrDefault(name => IsFree(shape, name)) is { } name
            ? new NewMember($"Add a key '{name}'", $"public long {name} {{ get; init; }}", IsFirst: true)
            : null;
}
