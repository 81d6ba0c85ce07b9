using DbMove.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>What the methods of <see cref="string"/> make of texts: joined and formatted ones, and those that only lose their margins.</summary>
internal static class TextCalls
{
    public static string[] Evaluate(IInvocationOperation call, Func<IOperation, string[]> evaluate, Func<IEnumerable<string[]>, string[]> join)
    {
        switch (call.TargetMethod.Name)
        {
            case "Concat":
                return join(Elements(call, 0).Select(evaluate));
            case "Join" when call.Arguments is [{ Value: { } separator }, ..]:
                string[] between = evaluate(separator);
                return join(Elements(call, 1).SelectMany((element, index) => index == 0 ? new[] { evaluate(element) } : [between, evaluate(element)]));
            case "Format":
                int format = call.Arguments[0].Parameter?.Type.SpecialType == SpecialType.System_String ? 0 : 1;
                return [.. evaluate(call.Arguments[format].Value).Select(text => Format(text, [.. Elements(call, format + 1).Select(element => evaluate(element)[0])]))];
            case "Replace" when call is { Instance: { } replaced, Arguments: [{ Value.ConstantValue.Value: string { Length: > 0 } old }, { Value: { } by }, ..] }:
                string value = evaluate(by)[0];
                return [.. evaluate(replaced).Select(text => text.Replace(old, value))];
            default:
                // Trim, ToString, ReplaceLineEndings, ToUpperInvariant and the like: the words stay.
                return call.Instance is { } instance ? evaluate(instance) : [SqlTokenizer.Hole.ToString()];
        }
    }

    private static IEnumerable<IOperation> Elements(IInvocationOperation call, int from)
    {
        foreach (IArgumentOperation argument in call.Arguments.Skip(from))
        {
            switch (LocalFlow.Unwrap(argument.Value))
            {
                case IArrayCreationOperation { Initializer: { } initializer }:
                    foreach (IOperation element in initializer.ElementValues)
                    {
                        yield return element;
                    }

                    break;
                case ICollectionExpressionOperation collection:
                    foreach (IOperation element in collection.Elements)
                    {
                        yield return element;
                    }

                    break;
                default:
                    yield return Selected(argument.Value) ?? argument.Value;
                    break;
            }
        }
    }

    /// <summary>What a <c>Select</c> makes of each element, which stands for all of them; null: it is none.</summary>
    private static IOperation? Selected(IOperation sequence)
    {
        IOperation made = LocalFlow.Resolve(sequence);
        while (made is IInvocationOperation { TargetMethod.Name: "ToArray" or "ToList" or "AsEnumerable", Arguments: [{ Value: { } source }] })
        {
            made = LocalFlow.Resolve(source);
        }

        return made is IInvocationOperation { TargetMethod.Name: "Select", Arguments: [_, { Value: { } selector }] }
            && LocalFlow.Unwrap(selector) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } }
            ? value
            : null;
    }

    private static string Format(string format, string[] values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            format = format.Replace("{" + index + "}", values[index]);
        }

        return format;
    }
}
