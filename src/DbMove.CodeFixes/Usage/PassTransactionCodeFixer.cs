using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.CodeFixes.Usage;

/// <summary>Fixes DBM2009: passes the transaction that is open around the call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassTransactionCodeFixer))]
[Shared]
public sealed class PassTransactionCodeFixer() : UsageCodeFixer("DBM2009")
{
    private protected override Replacement? Find(SyntaxNode node, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellationToken)
    {
        if (node is not InvocationExpressionSyntax call
            || !diagnostic.Properties.TryGetValue("Transaction", out string? transaction)
            || !diagnostic.Properties.TryGetValue("Parameter", out string? parameter)
            || !diagnostic.Properties.TryGetValue("Ordinal", out string? ordinal))
        {
            return null;
        }

        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        int position = int.Parse(ordinal, CultureInfo.InvariantCulture);
        int before = arguments.TakeWhile(static argument => argument.NameColon is null).Count();
        IdentifierNameSyntax given = NewSyntax.Name(transaction!);
        ArgumentSyntax? present = arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter) ?? (position < before ? arguments[position] : null);
        SeparatedSyntaxList<ArgumentSyntax> passed =
            present is not null ? arguments.Replace(present, present.WithExpression(given.WithTriviaFrom(present.Expression)))
            : position == before ? arguments.Insert(position, SyntaxFactory.Argument(given))
            : arguments.Add(SyntaxFactory.Argument(SyntaxFactory.NameColon(NewSyntax.Name(parameter!)), default, given));
        return new Replacement($"Pass '{transaction}'", call, call.WithArgumentList(call.ArgumentList.WithArguments(passed)));
    }
}
