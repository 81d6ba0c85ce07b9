using DbMove.Analyzers.Usage.Flow;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Sinks;

/// <summary>Finds where Dapper runs a text, given as such or in a <c>CommandDefinition</c>.</summary>
internal static class DapperSinks
{
    public static SqlSink? Find(IOperation operation)
    {
        if (operation is not IInvocationOperation { TargetMethod: { Name: { } name, ContainingType: { } type } } call
            || !(name.StartsWith("Execute", StringComparison.Ordinal) || name.StartsWith("Query", StringComparison.Ordinal))
            || !type.HasMetadataName("Dapper.SqlMapper"))
        {
            return null;
        }

        IOperation? text = null;
        IOperation? runner = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "cnn":
                    runner = argument.Value;
                    break;
                case "sql":
                    text = argument.Value;
                    break;
                case "command":
                    text = TextOf(argument.Value);
                    break;
            }
        }

        return text is null ? null : new SqlSink(text, runner is null ? [] : [runner]);
    }

    private static IOperation? TextOf(IOperation definition)
    {
        IOperation made = LocalFlow.Resolve(definition);
        return made is IObjectCreationOperation creation
            ? creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "commandText")?.Value
            : null;
    }
}
