using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Sinks;

/// <summary>Finds where Npgsql is told to copy rows into a table.</summary>
internal static class CopySinks
{
    public static SqlSink? Find(IOperation operation) =>
        operation is IInvocationOperation call
        && call.TargetMethod.Name is "BeginBinaryImport" or "BeginBinaryImportAsync" or "BeginTextImport" or "BeginTextImportAsync" or "BeginRawBinaryCopy" or "BeginRawBinaryCopyAsync"
        && call.TargetMethod.ContainingType.HasMetadataName("Npgsql.NpgsqlConnection")
        && call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Type.SpecialType == SpecialType.System_String)?.Value is { } text
            ? new SqlSink(text, [])
            : null;
}
