using DbMove.Roslyn;
using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage.Sinks;

/// <summary>What types are, by name, so that no reference is needed.</summary>
internal static class TypeFacts
{
    public static bool DerivesFrom(this ITypeSymbol? type, string metadataName) =>
        type is INamedTypeSymbol named && named.WithBaseTypes().Any(part => part.HasMetadataName(metadataName));

    public static bool Implements(this ITypeSymbol? type, string metadataName) =>
        type is INamedTypeSymbol named && (named.HasMetadataName(metadataName) || named.AllInterfaces.Any(part => part.HasMetadataName(metadataName)));

    /// <summary>Whether it is a command of ADO.NET, alone or in a batch, or a type parameter that stands for one.</summary>
    public static bool IsCommand(this ITypeSymbol? type) =>
        type is ITypeParameterSymbol parameter
            ? parameter.ConstraintTypes.Any(IsCommand)
            : type.Implements("System.Data.IDbCommand") || type.DerivesFrom("System.Data.Common.DbBatchCommand");
}
