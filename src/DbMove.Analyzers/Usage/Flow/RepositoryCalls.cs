using DbMove.Analyzers.Usage.Sinks;
using DbMove.Analyzers.Usage.Texts;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>Tells calls of generated repositories and of DbMove's transactions.</summary>
internal static class RepositoryCalls
{
    public const string Transaction = "DbMove.DualWriteTransaction";

    /// <summary>Whether the method is one of a repository, generated or the user's own, that ends later.</summary>
    public static bool IsRepositoryCall(IInvocationOperation call) =>
        call.Instance?.Type is { } type
        && (IsTask(call.TargetMethod.ReturnType) || IsStream(call.TargetMethod.ReturnType))
        && type.DerivesFrom("DbMove.DualWriteRepositoryBase`3");

    /// <summary>Whether it is one that writes: by its name, or by the text of its <c>[Sql]</c>.</summary>
    public static bool IsRepositoryWrite(IInvocationOperation call) =>
        IsRepositoryCall(call)
        && (call.TargetMethod.FindAttribute(AttributeNames.Sql) is { } sql
            ? sql.Text(0) is { } text && WriteScanner.Scan(text).Count > 0
            : IsWriteName(call.TargetMethod.Name));

    public static bool IsTransaction(ITypeSymbol? type) => type.DerivesFrom(Transaction);

    public static bool IsTask(ITypeSymbol type) => type.Name is "Task" or "ValueTask" && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";

    private static bool IsStream(ITypeSymbol type) => type.Name == "IAsyncEnumerable" && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    private static bool IsWriteName(string name) =>
        name.StartsWith("Insert", StringComparison.Ordinal)
        || name.StartsWith("Update", StringComparison.Ordinal)
        || name.StartsWith("Upsert", StringComparison.Ordinal)
        || name.StartsWith("Delete", StringComparison.Ordinal);
}
