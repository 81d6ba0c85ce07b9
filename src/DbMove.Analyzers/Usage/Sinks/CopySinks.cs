using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Sinks;

/// <summary>Finds where Npgsql is told to copy rows into a table.</summary>
internal static class CopySinks
{
    public static SqlSink? Find(IOperation operation) =>
        operation is IInvocationOperation { Arguments: [{ Value: { } text }, ..] } call
        && call.TargetMethod.Name is "BeginBinaryImport" or "BeginBinaryImportAsync" or "BeginTextImport" or "BeginTextImportAsync" or "BeginRawBinaryCopy" or "BeginRawBinaryCopyAsync"
        && call.TargetMethod.ContainingType.HasMetadataName("Npgsql.NpgsqlConnection")
            ? new SqlSink(text, [])
            : null;
}
