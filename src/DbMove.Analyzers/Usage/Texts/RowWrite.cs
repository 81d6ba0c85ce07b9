using System.Collections.Immutable;
using DbMove.Roslyn;
using DbMove.Sql;
using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage.Texts;

/// <summary>
/// Tells whether a text does to one row what a method of the repository does: a delete by key, or an insert or update of all that the
/// repository writes, each column from the parameter of its member's name. For the fix, by properties of the diagnostic.
/// </summary>
internal static class RowWrite
{
    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;

    public static ImmutableDictionary<string, string?> Describe(string text, INamedTypeSymbol entity, CancellationToken cancellationToken)
    {
        if (text.IndexOf(SqlTokenizer.Hole) >= 0 || EntityShape.Inspect(entity, cancellationToken) is not { IsValid: true, Key: [{ } key] } shape)
        {
            return s_none;
        }

        SqlToken[] tokens = [.. SqlTokenizer.Read(text, TokenRules.AnyEngine)];
        int count = tokens.Length;
        while (count > 0 && tokens[count - 1].Kind == SqlTokenKind.Symbol && text[tokens[count - 1].Start] == ';')
        {
            count--;
        }

        TokenCursor cursor = new(text, tokens.AsMemory(0, count));
        return cursor.Take("DELETE") ? Delete(cursor, entity, key)
            : cursor.Take("INSERT") ? Insert(cursor, entity, shape)
            : cursor.Take("UPDATE") ? Update(cursor, entity, shape, key)
            : s_none;
    }

    private static ImmutableDictionary<string, string?> Delete(TokenCursor cursor, INamedTypeSymbol entity, MemberShape key) =>
        cursor.Take("FROM") && cursor.TakeTable() is not null && TakeWhereKey(ref cursor, key) is { } parameter
            ? Method("DeleteAsync", entity).Add("Key", parameter)
            : s_none;

    private static ImmutableDictionary<string, string?> Insert(TokenCursor cursor, INamedTypeSymbol entity, EntityShape shape)
    {
        if (!cursor.Take("INTO") || cursor.TakeTable() is null || !TakeSymbol(ref cursor, '('))
        {
            return s_none;
        }

        List<string> columns = [];
        List<string> values = [];
        do
        {
            columns.Add(cursor.NameAt(cursor.At++)?.Text ?? "");
        }
        while (TakeSymbol(ref cursor, ','));
        if (!TakeSymbol(ref cursor, ')') || !cursor.Take("VALUES") || !TakeSymbol(ref cursor, '('))
        {
            return s_none;
        }

        do
        {
            values.Add(TakeParameter(ref cursor) ?? "");
        }
        while (TakeSymbol(ref cursor, ','));
        return TakeSymbol(ref cursor, ')') && cursor.IsAtEnd && columns.Count == values.Count && IsWhole(shape, columns.Zip(values, static (column, value) => (column, value)), static _ => true)
            ? Method("InsertAsync", entity)
            : s_none;
    }

    private static ImmutableDictionary<string, string?> Update(TokenCursor cursor, INamedTypeSymbol entity, EntityShape shape, MemberShape key)
    {
        if (cursor.TakeTable() is null || !cursor.Take("SET"))
        {
            return s_none;
        }

        List<(string Column, string Value)> set = [];
        do
        {
            string column = cursor.NameAt(cursor.At++)?.Text ?? "";
            set.Add((column, TakeSymbol(ref cursor, '=') ? TakeParameter(ref cursor) ?? "" : ""));
        }
        while (TakeSymbol(ref cursor, ','));
        return IsWhole(shape, set, member => member.Name != key.Name)
            && TakeWhereKey(ref cursor, key) is { } parameter && string.Equals(parameter, key.Name, StringComparison.OrdinalIgnoreCase)
            ? Method("UpdateAsync", entity)
            : s_none;
    }

    /// <summary>Whether these are the columns that the repository writes, no more and no less, each with its member's value.</summary>
    private static bool IsWhole(EntityShape shape, IEnumerable<(string Column, string Value)> written, Func<MemberShape, bool> isWritten)
    {
        List<(string Column, string Value)> left = [.. written];
        return shape.Members.All(static member => !member.IsSourceOnly && !member.IsTargetOnly && !member.IsConcurrencyToken)
            && shape.Members.Where(member => member.Generated == "None" && isWritten(member)).All(member =>
                left.RemoveAll(pair => IsColumn(member, pair.Column) && string.Equals(pair.Value, member.Name, StringComparison.OrdinalIgnoreCase)) == 1)
            && left.Count == 0;
    }

    private static bool IsColumn(MemberShape member, string column) =>
        string.Equals(member.SourceName, column, StringComparison.OrdinalIgnoreCase) || string.Equals(member.TargetName, column, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes <c>WHERE key = @parameter</c> at the end.</summary>
    private static string? TakeWhereKey(ref TokenCursor cursor, MemberShape key) =>
        cursor.Take("WHERE") && cursor.NameAt(cursor.At) is { } column && IsColumn(key, column.Text) && cursor.IsSymbol(cursor.At + 1, '=') && cursor.At + 3 == cursor.Count
            ? ParameterAt(cursor, cursor.At + 2)
            : null;

    private static string? TakeParameter(ref TokenCursor cursor) => cursor.IsAtEnd ? null : ParameterAt(cursor, cursor.At++);

    private static string? ParameterAt(TokenCursor cursor, int index) =>
        cursor[index].Kind == SqlTokenKind.Parameter && cursor.Text(index) is ['@' or ':' or '$', ..] name ? name.Slice(1).ToString() : null;

    private static bool TakeSymbol(ref TokenCursor cursor, char symbol)
    {
        bool isHere = cursor.IsSymbol(cursor.At, symbol);
        cursor.At += isHere ? 1 : 0;
        return isHere;
    }

    private static ImmutableDictionary<string, string?> Method(string name, INamedTypeSymbol entity) => s_none.Add("Method", name).Add("Entity", entity.ToDisplayString());
}
