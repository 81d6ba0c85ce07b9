using System.Globalization;
using DbMove.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>
/// What a text may be, as far as the compiler can tell: constants, concatenations, interpolations, local variables, fields and
/// properties with what they are initialized with, and the choice between such. What is not known is a <see cref="SqlTokenizer.Hole"/>.
/// </summary>
internal sealed class TextEvaluation
{
    // A text with more than these choices in it is made in a way that nobody can follow.
    private const int Limit = 24;
    private const int DepthLimit = 40;

    private static readonly string[] s_unknown = [SqlTokenizer.Hole.ToString()];

    // Those being evaluated: a variable may be assigned from itself.
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
    private int _depth;

    /// <summary>The texts that it may be.</summary>
    public static IReadOnlyList<string> Of(IOperation operation) => new TextEvaluation().Evaluate(operation);

    private string[] Evaluate(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: { } constant })
        {
            return [Convert.ToString(constant, CultureInfo.InvariantCulture)];
        }

        if (_depth == DepthLimit)
        {
            return s_unknown;
        }

        _depth++;
        string[] texts = operation switch
        {
            IConversionOperation { Operand: IInterpolatedStringOperation content, Type.SpecialType: not SpecialType.System_String } => Interpolate(content, arePartsParameters: true),
            IConversionOperation conversion => Evaluate(conversion.Operand),
            IParenthesizedOperation parenthesized => Evaluate(parenthesized.Operand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Join([Evaluate(sum.LeftOperand), Evaluate(sum.RightOperand)]),
            IInterpolatedStringOperation content => Interpolate(content, arePartsParameters: false),
            IInterpolatedStringHandlerCreationOperation handler => Evaluate(handler.Content),
            IInterpolatedStringAdditionOperation sum => Join([Evaluate(sum.Left), Evaluate(sum.Right)]),
            IConditionalOperation { WhenFalse: { } whenFalse } choice => Either([choice.WhenTrue, whenFalse]),
            ICoalesceOperation choice => Either([choice.Value, choice.WhenNull]),
            ISwitchExpressionOperation choice => Either(choice.Arms.Select(static arm => arm.Value)),
            ISimpleAssignmentOperation assignment => Evaluate(assignment.Value),
            ILocalReferenceOperation local when Elements.LoopedOver(local) is { } collection => Once(local.Local, () => Either(Elements.Of(collection))),
            ILocalReferenceOperation local => Once(local.Local, () => Fold(LocalFlow.Values(local))),
            IArrayElementReferenceOperation element => Either(Elements.Of(element.ArrayReference)),
            IPropertyReferenceOperation { Instance: { } collection, Arguments: [{ Value.Type.SpecialType: SpecialType.System_Int32 }] } => Either(Elements.Of(collection)),
            IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } } => [""],
            IPropertyReferenceOperation { Property: { Name: "NewLine", ContainingType: { Name: "Environment", ContainingNamespace.Name: "System" } } } => ["\n"],
            IFieldReferenceOperation field => Once(field.Field, () => Declared(field.Field, operation)),
            IPropertyReferenceOperation { Arguments.IsEmpty: true } property => Once(property.Property, () => Declared(property.Property, operation)),
            IInvocationOperation { TargetMethod.Name: "ToString", Arguments.IsEmpty: true, Instance: { } builder } when BuilderCalls.Parts(builder) is { } parts => Build(parts),
            IInvocationOperation { TargetMethod.ContainingType: { SpecialType: SpecialType.System_String } } call => TextCalls.Evaluate(call, Evaluate, Join),
            IInvocationOperation { TargetMethod: { Name: "Create" or "Invariant", ContainingType.Name: "FormattableStringFactory" or "FormattableString" }, Arguments: [{ Value: { } argument }, ..] } => Evaluate(argument),
            IInvocationOperation call => Once(call.TargetMethod, () => Declared(call.TargetMethod, operation)),
            _ => s_unknown,
        };
        _depth--;
        return texts;
    }

    private string[] Once(ISymbol symbol, Func<string[]> evaluate)
    {
        if (!_open.Add(symbol))
        {
            return s_unknown;
        }

        string[] texts = evaluate();
        _open.Remove(symbol);
        return texts;
    }

    private string[] Declared(ISymbol symbol, IOperation reference)
    {
        if (symbol.DeclaringSyntaxReferences is not [{ } declaration])
        {
            return s_unknown;
        }

        List<string> texts = [];
        foreach (ExpressionSyntax expression in DeclaredText.Find(declaration.GetSyntax()))
        {
            // An analyzer has no semantic model of another file, so only the syntax tells there.
            texts.AddRange(reference.SemanticModel is { } model && model.SyntaxTree == declaration.SyntaxTree && model.GetOperation(expression) is { } value
                ? Evaluate(value)
                : [DeclaredText.Read(expression)]);
        }

        return texts.Count == 0 ? s_unknown : [.. texts.Take(Limit)];
    }

    private string[] Fold(IReadOnlyList<(IOperation Value, bool IsAdded)> values)
    {
        List<string> texts = [];
        foreach ((IOperation value, bool isAdded) in values)
        {
            string[] next = Evaluate(value);
            if (isAdded && texts.Count > 0)
            {
                string last = texts[texts.Count - 1];
                texts.RemoveAt(texts.Count - 1);
                texts.AddRange(next.Select(text => last + text));
            }
            else
            {
                texts.AddRange(next);
            }
        }

        return texts.Count == 0 ? s_unknown : [.. texts.Take(Limit)];
    }

    private string[] Interpolate(IInterpolatedStringOperation content, bool arePartsParameters) => Join(content.Parts.Select(part => part switch
    {
        IInterpolatedStringTextOperation text => Evaluate(text.Text),
        IInterpolationOperation hole when !arePartsParameters => Evaluate(hole.Expression),
        IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [{ Value: { } value }, ..] } } => Evaluate(value),
        _ => s_unknown,
    }));

    private string[] Build(IEnumerable<BuilderPart> parts) => Join(parts.SelectMany(part =>
        new[] { part.IsEmpty ? [""] : part.Value is { } value ? Evaluate(value) : s_unknown, [part.EndsLine ? "\n" : ""] }));

    private string[] Either(IEnumerable<IOperation> choices) => [.. choices.SelectMany(Evaluate).DefaultIfEmpty(SqlTokenizer.Hole.ToString()).Take(Limit)];

    private static string[] Join(IEnumerable<string[]> parts)
    {
        string[] texts = [""];
        foreach (string[] part in parts)
        {
            texts = part.Length == 1
                ? Array.ConvertAll(texts, text => text + part[0])
                : [.. texts.SelectMany(_ => part, static (text, next) => text + next).Take(Limit)];
        }

        return texts;
    }
}
