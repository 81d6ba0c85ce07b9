using DbMove.Generators.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Emission;

/// <summary>Expressions over one column.</summary>
internal static class ColumnText
{
    private const string Mapping = "global::DbMove.Mapping";

    /// <summary>A string literal.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private const string Arrays = "global::DbMove.Mapping.ArrayText";

    /// <summary>A string literal, or <c>null</c>.</summary>
    public static string LiteralOrNull(string? text) => text is null ? "null" : Literal(text);

    /// <summary>The value, which is not null, as sinks and key order take it: what is stored.</summary>
    public static string Stored(EntityModel entity, ColumnModel column, string expression) => column.Storage switch
    {
        null => expression,
        { Converter: not null } storage => ToStored(entity, column, storage, expression),
        { Json: not null } => $"{JsonEmitter.Column}.ToStored({expression}, {JsonEmitter.TypeInfo(entity, column)}, {Where(entity, column)})",
        { Element: not null } => $"{Arrays}.Write({expression}, {Where(entity, column)})",
        { IsText: true } storage => $"{EnumTextEmitter.ToText(entity, column)}({Part(storage, expression)})",
        { EnumUnderlying: { } integer } storage => $"({integer}){Part(storage, expression)}",
        { IsPartReference: true } storage => Required(entity, column, Part(storage, expression)),
        { } storage => Part(storage, expression),
    };

    /// <summary>The value, which may be null where the column is, as it is compared: an enum as its integer, a converted value as it is stored.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="column">The column.</param>
    /// <param name="expression">The member.</param>
    /// <param name="local">A name for what is not null; unique in the method.</param>
    public static string Compared(EntityModel entity, ColumnModel column, string expression, string local)
    {
        column = column.ComparedForm;
        switch (column.Storage)
        {
            case null:
                return expression;
            case { Converter: not null } storage:
                return column.IsNullable || column.IsReference
                    ? $"{expression} is {{ }} {local} ? {ToStored(entity, column, storage, local)} : default({storage.Stored}?)"
                    : ToStored(entity, column, storage, expression);
            case { Json: not null }:
                string json = $"{Mapping}.JsonValue<{column.TypeName}>";
                return column.IsNullable || column.IsReference
                    ? $"{expression} is {{ }} {local} ? new {json}({local}, {JsonEmitter.TypeInfo(entity, column)}) : default({json}?)"
                    : $"new {json}({expression}, {JsonEmitter.TypeInfo(entity, column)})";
            case { } storage:
                string part = storage.Part is { } name ? expression + (column.IsNullable ? "?." : ".") + name : expression;
                return storage.EnumUnderlying is { } integer ? $"({integer}{(column.IsNullable ? "?" : "")}){part}" : part;
        }
    }

    /// <summary>The member's value of what is stored.</summary>
    public static string Restored(EntityModel entity, ColumnModel column, string stored)
    {
        if (column.Storage is not { } storage)
        {
            return stored;
        }

        if (storage.Converter is not null)
        {
            return $"{Conversion(column, storage)}.FromStored({stored}, {Where(entity, column)})";
        }

        if (storage.Json is not null)
        {
            return $"{JsonEmitter.Column}.FromStored({stored}, {JsonEmitter.TypeInfo(entity, column)}, {Where(entity, column)})";
        }

        if (storage.Element is { } element)
        {
            return $"{Arrays}.Read{element}s({stored}, {Where(entity, column)})";
        }

        string value = storage.IsText ? $"{EnumTextEmitter.FromText(entity, column)}({stored})"
            : storage.Enum is { } type ? $"({type}){stored}"
            : stored;
        return storage.Part is null ? value : $"new {column.TypeName}({value})";
    }

    /// <summary>Reads the column; <paramref name="position"/> is its place in the row or in the key.</summary>
    public static string Read(EntityModel entity, ColumnModel column, int position)
    {
        string[] forms = [.. column.Forms.Select(form => Restored(entity, form, $"reader.Read{form.Type}({position})"))];
        string read = forms is [string source, string target] ? $"reader.Side == global::DbMove.Side.Source ? {source} : {target}" : forms[0];

        string absent = column switch
        {
            { IsNullable: false } => $"throw {Mapping}.RequiredMember.IsNull({Literal(entity.Name)}, {Literal(column.Name)})",
            { IsReference: true } => "null",
            _ => $"default({column.TypeName}?)",
        };
        return $"reader.IsNull({position}) ? {absent} : {read}";
    }

    /// <summary>The value of a reference type that must not be null, checked.</summary>
    public static string Required(EntityModel entity, ColumnModel column, string expression) =>
        $"{expression} ?? throw {Mapping}.RequiredMember.IsNull({Literal(entity.Name)}, {Literal(column.Name)})";

    /// <summary>The statement that writes a value, which is not null, to the sink: one, or one for each side.</summary>
    public static string Write(EntityModel entity, ColumnModel column, string expression)
    {
        string[] forms = [.. column.Forms.Select(form => $"sink.Write({Stored(entity, form, expression)});")];
        return forms is [string source, string target]
            ? $$"""
              if (sink.Side == global::DbMove.Side.Source)
              {
                  {{source}}
              }
              else
              {
                  {{target}}
              }
              """
            : forms[0];
    }

    private static string Part(StorageModel storage, string expression) =>
        storage.Part is { } part ? expression + "." + part : expression;

    private static string ToStored(EntityModel entity, ColumnModel column, StorageModel storage, string value) =>
        $"{Conversion(column, storage)}.ToStored({value}, {Where(entity, column)})";

    private static string Where(EntityModel entity, ColumnModel column) => $"{Literal(entity.Name)}, {Literal(column.Name)}";

    private static string Conversion(ColumnModel column, StorageModel storage) =>
        $"{Mapping}.Conversion<{storage.Converter}, {column.TypeName}, {storage.Stored}>";
}
