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

    /// <summary>What methods that only read begin with, of the repository and of its users.</summary>
    private static readonly string[] s_reads = ["Find", "Get", "List", "Count", "Read", "Load", "Exists", "Any", "Query", "Search", "Stream"];

    /// <summary>Whether the method is one of a repository, generated or the user's own, that ends later.</summary>
    public static bool IsRepositoryCall(IInvocationOperation call) =>
        call.Instance?.Type is { } type
        && (IsTask(call.TargetMethod.ReturnType) || IsStream(call.TargetMethod.ReturnType))
        && (type.DerivesFrom("DbMove.DualWriteRepositoryBase`3") || IsInterface(type));

    /// <summary>Whether it is one that writes: by the text of its <c>[Sql]</c>, else by its name, which is not that of a read.</summary>
    public static bool IsRepositoryWrite(IInvocationOperation call) =>
        IsRepositoryCall(call)
        && (call.TargetMethod.FindAttribute(AttributeNames.Sql) is { } sql
            ? sql.Text(0) is { } text && WriteScanner.Scan(text).Count > 0
            : !s_reads.Any(verb => call.TargetMethod.Name.StartsWith(verb, StringComparison.Ordinal)));

    public static bool IsTransaction(ITypeSymbol? type) => type.DerivesFrom(Transaction);

    public static bool IsTask(ITypeSymbol type) =>
        type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } };

    private static bool IsStream(ITypeSymbol type) =>
        type is { Name: "IAsyncEnumerable", ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } } };

    // IOrderRepository, and what implements it.
    private static bool IsInterface(ITypeSymbol type) =>
        type.AllInterfaces.Any(static contract => contract.HasMetadataName("DbMove.IDualWriteRepositoryBase`2"));
}
