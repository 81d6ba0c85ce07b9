using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Analyzers.Declaration;

/// <summary>What a conversion loses, told by its types and by the words of its code.</summary>
internal static class Conversions
{
    private const string ToStored = "ToStored";

    /// <summary>What values of one type lose when they are stored as the other; null: nothing that is certain.</summary>
    /// <param name="model">The member's type; null when it is none that columns hold, and then anything may be kept.</param>
    /// <param name="stored">The type that is stored.</param>
    public static string? FindLoss(ColumnType? model, ColumnType stored) => (model, stored) switch
    {
        (ColumnType.Decimal, ColumnType.Double or ColumnType.Single) => "stores a decimal as binary floating point, where 0.1 is something near it",
        (ColumnType.Double, ColumnType.Single) => "keeps about 7 of 17 digits",
        (ColumnType.Double or ColumnType.Single, ColumnType.Decimal) => "stores a floating-point number as a decimal, whose range is smaller",
        (ColumnType.Int64 or ColumnType.UInt64, ColumnType.Double or ColumnType.Single) => "stores an integer as floating point, which is not exact beyond 2^53",
        (ColumnType.Int32 or ColumnType.UInt32, ColumnType.Single) => "stores an integer as a float, which is not exact beyond 2^24",
        ({ } large, _) when IsInteger(large) && IsInteger(stored) && Size(large) > Size(stored) => "stores an integer in a smaller one",
        (ColumnType.DateTime or ColumnType.DateTimeOffset, ColumnType.DateOnly) => "drops the time of day",
        (ColumnType.DateTime or ColumnType.DateTimeOffset or ColumnType.TimeSpan, ColumnType.TimeOnly) => "drops the days",
        _ => null,
    };

    /// <summary>What the converter's own code throws away; null: nothing that its words tell, or its code is elsewhere.</summary>
    public static string? FindLoss(INamedTypeSymbol converter, ITypeSymbol model, ColumnType stored, CancellationToken cancellationToken)
    {
        ColumnType? bare = ColumnTypeResolution.Resolve(model);
        bool isFraction = bare is ColumnType.Decimal or ColumnType.Double or ColumnType.Single;
        foreach ((SyntaxNode code, string parameter) in converter.GetMembers().OfType<IMethodSymbol>()
            .Where(method => method.Name.Split('.').Last() == ToStored && method.Parameters is [{ } value] && SymbolEqualityComparer.Default.Equals(value.Type, model))
            .SelectMany(method => method.DeclaringSyntaxReferences.Select(reference => (reference.GetSyntax(cancellationToken), method.Parameters[0].Name))))
        {
            // An amount stored in cents: rounding is what makes it whole, and the column holds no more anyway.
            bool isScaled = code.DescendantNodes().Any(static node => node.IsKind(SyntaxKind.MultiplyExpression));
            // Its bits, by BitConverter, are all of it.
            bool areBits = code.DescendantNodes().OfType<IdentifierNameSyntax>().Any(static name => name.Identifier.ValueText.EndsWith("Bits", StringComparison.Ordinal));
            if (isFraction && IsInteger(stored) && !isScaled && !areBits)
            {
                return "drops the digits after the point";
            }

            if (code.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Select(access => FindLoss(access, parameter, bare, isScaled)).FirstOrDefault(static loss => loss is not null) is { } loss)
            {
                return loss;
            }
        }

        return null;
    }

    /// <summary>What a member of the value itself, or of the mathematics that it is given to, throws away. What is made of something else may be a form of it.</summary>
    private static string? FindLoss(MemberAccessExpressionSyntax access, string parameter, ColumnType? model, bool isScaled)
    {
        bool isOfValue = access.Expression is IdentifierNameSyntax { Identifier.ValueText: { } receiver } && receiver == parameter;
        bool isText = isOfValue && model == ColumnType.String;
        bool isTime = isOfValue && model is ColumnType.DateTime or ColumnType.DateTimeOffset;
        bool isNumber = model is ColumnType.Decimal or ColumnType.Double or ColumnType.Single;
        return FindLoss(access, isText, isTime, isNumber && !isScaled);
    }

    private static string? FindLoss(MemberAccessExpressionSyntax access, bool isText, bool isTime, bool isNumber) => (access.Name.Identifier.ValueText, access.Parent is InvocationExpressionSyntax) switch
    {
        ("ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant", true) when isText => "drops the letters' case",
        ("Trim" or "TrimStart" or "TrimEnd", true) when isText => "drops blanks",
        ("Round" or "Floor" or "Ceiling" or "Truncate", true) when isNumber => "rounds",
        ("Substring", true) when isText => "cuts",
        ("ToUnixTimeSeconds", true) when isTime => "drops the fraction of a second",
        ("Date", false) when isTime => "drops the time of day",
        _ => null,
    };

    private static bool IsInteger(ColumnType type) => Size(type) > 0;

    private static int Size(ColumnType type) => type switch
    {
        ColumnType.Byte or ColumnType.SByte => 1,
        ColumnType.Int16 or ColumnType.UInt16 => 2,
        ColumnType.Int32 or ColumnType.UInt32 => 4,
        ColumnType.Int64 or ColumnType.UInt64 => 8,
        _ => 0,
    };
}
