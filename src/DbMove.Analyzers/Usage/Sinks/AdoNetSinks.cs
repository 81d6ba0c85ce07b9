using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Sinks;

/// <summary>Finds where a command of ADO.NET gets its text: its property, its constructor, or what makes it.</summary>
internal static class AdoNetSinks
{
    public static readonly OperationKind[] Kinds = [OperationKind.SimpleAssignment, OperationKind.CompoundAssignment, OperationKind.ObjectCreation, OperationKind.Invocation];

    /// <summary>What a parameter for SQL is called.</summary>
    private static readonly string[] s_names = ["commandText", "cmdText", "sql", "query", "statement", "text"];

    public static SqlSink? Find(IOperation operation) => operation switch
    {
        IAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" or "TargetCommandText" } property } assignment
            when property.Property.ContainingType.IsCommand() => new SqlSink(assignment.Value, Runners(property.Instance)) { IsPart = assignment is ICompoundAssignmentOperation },
        IObjectCreationOperation { Arguments.IsEmpty: false } creation
            when TextOf(creation.Arguments) is { } text && creation.Type.IsCommand() => new SqlSink(text, Runners(creation)),
        IInvocationOperation { Arguments.IsEmpty: false } call
            when call.TargetMethod.ReturnType is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.TypeParameter } made && TextOf(call.Arguments) is { } text && made.IsCommand() => new SqlSink(text, [.. CallRunners(call)]),
        _ => null,
    };

    /// <summary>The text among the arguments: the one that is called so, where there are several.</summary>
    private static IOperation? TextOf(ImmutableArray<IArgumentOperation> arguments)
    {
        IOperation? first = null;
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { Type.SpecialType: SpecialType.System_String, Name: { } name } })
            {
                if (s_names.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    return argument.Value;
                }

                first ??= argument.Value;
            }
        }

        return first;
    }

    private static IEnumerable<IOperation> CallRunners(IInvocationOperation call) =>
        call.Instance is { } instance ? [instance] : call.Arguments.Select(static argument => argument.Value);

    private static ImmutableArray<IOperation> Runners(IOperation? command)
    {
        // Within an initializer the instance is the object being made.
        IOperation? runner = command;
        if (command is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver })
        {
            while (runner is not (null or IObjectCreationOperation))
            {
                runner = runner.Parent;
            }
        }

        if (runner is not IObjectCreationOperation creation)
        {
            return runner is null ? [] : [runner];
        }

        IEnumerable<IOperation> set = creation.Initializer is { } initializer
            ? initializer.Initializers.OfType<ISimpleAssignmentOperation>()
                .Where(static assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: "Connection" })
                .Select(static assignment => assignment.Value)
            : [];
        return [creation, .. creation.Arguments.Select(static argument => argument.Value), .. set];
    }
}
