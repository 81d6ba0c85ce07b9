using System.Collections.Frozen;

namespace DbMove.Dialects;

/// <summary>
/// How an engine's SQL is cut into words, where engines differ: <see cref="DualWriteDataSource"/> reads by it the statements
/// that a caller wrote. What none of these says is the same everywhere: <c>'text'</c>, <c>"name"</c>, <c>--</c> and <c>/* */</c>.
/// </summary>
public sealed record SqlLexicon
{
    /// <summary>Whether a comment may stand within a comment, so that it ends with the outermost <c>*/</c>.</summary>
    public bool NestsComments { get; init; }

    /// <summary>Whether a carriage return ends a <c>--</c> comment, not only a line feed.</summary>
    public bool EndsCommentsAtReturn { get; init; }

    /// <summary>Whether <c>$$text$$</c> and <c>$tag$text$tag$</c> are texts.</summary>
    public bool HasDollarQuotes { get; init; }

    /// <summary>Whether a backslash escapes the next character in <c>E'text'</c>, and in a text that continues it on the next line.</summary>
    public bool HasEscapeStrings { get; init; }

    /// <summary>Whether <c>[name]</c> is a quoted name.</summary>
    public bool HasBracketNames { get; init; }

    /// <summary>Whether <c>`name`</c> is a quoted name.</summary>
    public bool HasBacktickNames { get; init; }

    /// <summary>Whether unquoted names are folded to lower case and quoted ones taken as they are; else case never matters.</summary>
    public bool FoldsNames { get; init; }

    /// <summary>Whether a column in <c>RETURNING</c> must name its table where others stand beside it (<c>UPDATE … FROM</c>).</summary>
    public bool QualifiesReturning { get; init; }

    /// <summary>
    /// Names by which a statement may set an integer key besides its column's own, in any case and any quotes, unless a column of the
    /// table bears them (SQLite: <c>rowid</c>). Default: none.
    /// </summary>
    public IReadOnlySet<string> RowIdNames { get; init; } = FrozenSet<string>.Empty;

    /// <summary>
    /// Functions of the engine's own that write no row, as the engine folds their names. A query that calls any other runs between
    /// <see cref="SideSession.BeginReadOnlyAsync"/> and <see cref="SideSession.EndReadOnlyAsync"/>. Null: no function of this
    /// engine can write.
    /// </summary>
    public IReadOnlySet<string>? HarmlessFunctions { get; init; }

    /// <summary>
    /// Functions of the engine's own that change their connection beyond the transaction, or write what no transaction shows, as the
    /// engine folds their names: they are refused.
    /// </summary>
    public IReadOnlySet<string> ConnectionFunctions { get; init; } = FrozenSet<string>.Empty;
}
