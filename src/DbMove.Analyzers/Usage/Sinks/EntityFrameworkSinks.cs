using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Sinks;

/// <summary>Finds where EF Core runs a text: <c>ExecuteSql…</c>, <c>SqlQuery…</c> and <c>FromSql…</c>.</summary>
internal static class EntityFrameworkSinks
{
    public static SqlSink? Find(IOperation operation) =>
        operation is IInvocationOperation call
        && (call.TargetMethod.Name.StartsWith("ExecuteSql", StringComparison.Ordinal)
            || call.TargetMethod.Name.StartsWith("FromSql", StringComparison.Ordinal)
            || call.TargetMethod.Name.StartsWith("SqlQuery", StringComparison.Ordinal))
        && call.TargetMethod.ContainingNamespace.ToDisplayString() == "Microsoft.EntityFrameworkCore"
        && call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "sql")?.Value is { } text
            ? new SqlSink(text, [])
            : null;
}
