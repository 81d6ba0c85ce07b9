using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Parsing;

/// <summary>A parameter's default value as code that means the same wherever it stands.</summary>
internal static class DefaultValue
{
    public static string Of(IParameterSymbol parameter) => parameter.ExplicitDefaultValue switch
    {
        null => "default",
        { } value when ColumnTypeResolution.WithoutNullable(parameter.Type) is { TypeKind: TypeKind.Enum } type => $"({StorageParser.FullName(type)})({Literal(value)})",
        decimal value => Literal(value) + "m",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        float value => Literal(value) + "f",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double value => Literal(value) + "d",
        { } value => Literal(value),
    };

    private static string Literal(object value) => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false) ?? "default";
}
