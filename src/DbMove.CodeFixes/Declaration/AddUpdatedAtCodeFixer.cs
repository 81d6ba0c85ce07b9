using System.Composition;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Fixes DBM1016: marks the member that sounds like the time of the last change, or adds one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddUpdatedAtCodeFixer))]
[Shared]
public sealed class AddUpdatedAtCodeFixer() : MemberCodeFixer("DBM1016")
{
    private const string Name = "UpdatedAt";

    private static readonly string[] s_words = ["Updated", "Modified", "Changed"];

    private protected override string Attribute => NewSyntax.UpdatedAt;

    private protected override string MarkTitle(string member) => $"Mark '{member}' with [UpdatedAt]";

    private protected override bool IsLikely(MemberShape member) =>
        member is
        {
            Type: ColumnType.DateTime or ColumnType.DateTimeOffset,
            Storage: { IsPlain: true, Enum: null, Problem: null },
            TargetStorage: null,
            IsSourceOnly: false,
            IsTargetOnly: false,
        }
        && s_words.Any(word => member.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private protected override NewMember? FindNew(EntityShape shape, bool hasLikely) =>
        !hasLikely && IsFree(shape, Name)
            ? new NewMember(
                "Add an [UpdatedAt] member",
                $"[{NewSyntax.UpdatedAt}] public global::System.DateTimeOffset {Name} {{ get; {(shape.Type.IsReadOnly ? "init" : "set")}; }}",
                IsFirst: false)
            : null;
}
