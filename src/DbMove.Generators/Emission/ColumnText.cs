using DbMove.Generators.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Emission;

/// <summary>Expressions over one column.</summary>
internal static class ColumnText
{
    private const string Mapping = "global::DbMove.Mapping";

    /// <summary>A string literal.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A string literal, or <c>null</c>.</summary>
    public static string LiteralOrNull(string? text) => text is null ? "null" : Literal(text);

    /// <summary>The value as sinks, comparers and key order take it: an enum as its integer.</summary>
    public static string Value(ColumnModel column, string expression, bool nullable) =>
        column.EnumUnderlying is { } integer ? $"({integer}{(nullable ? "?" : "")}){expression}" : expression;

    /// <summary>Reads the column; <paramref name="position"/> is its place in the row or in the key.</summary>
    public static string Read(EntityModel entity, ColumnModel column, int position)
    {
        string read = $"reader.Read{column.Type}({position})";
        if (column.EnumUnderlying is not null)
        {
            read = $"({column.TypeName}){read}";
        }

        string absent = column switch
        {
            { IsNullable: false } => $"throw {Mapping}.RequiredMember.IsNull({Literal(entity.Name)}, {Literal(column.Name)})",
            { IsReference: true } => "null",
            _ => $"default({column.TypeName}?)",
        };
        return $"reader.IsNull({position}) ? {absent} : {read}";
    }

    /// <summary>The member of a reference type that must not be null, checked.</summary>
    public static string Required(EntityModel entity, ColumnModel column, string expression) =>
        $"{expression} ?? throw {Mapping}.RequiredMember.IsNull({Literal(entity.Name)}, {Literal(column.Name)})";
}
