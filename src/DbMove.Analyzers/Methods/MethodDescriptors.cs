using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Methods;

/// <summary>The rules on <c>[Sql]</c> methods; the message gets the method {0}, the subject {1} and the detail {2}.</summary>
internal static class MethodDescriptors
{
    private static readonly DiagnosticDescriptor s_signature = new(
        "DBM1030",
        "A [Sql] method must be one whose body can be written",
        "'{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1030"));

    private static readonly DiagnosticDescriptor s_text = new(
        "DBM1031",
        "The text of a [Sql] method must be one query or one write of the entity",
        "'{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1031"));

    private static readonly DiagnosticDescriptor s_setsKey = new(
        "DBM1032",
        "A [Sql] method must not set a key column",
        "'{0}' sets '{1}', a column of the key: the follower could not be told which row is gone; delete the row and insert it anew",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1032"));

    private static readonly DiagnosticDescriptor s_targetText = new(
        "DBM1033",
        "A [Sql] text must have the names of its side",
        "'{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1033"));

    private static readonly DiagnosticDescriptor s_missingParameter = new(
        "DBM1034",
        "A parameter of a [Sql] text must be one of the method",
        "'{0}' has no parameter for '{1}': {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1034"));

    private static readonly DiagnosticDescriptor s_unusedParameter = new(
        "DBM1035",
        "A parameter of a [Sql] method must be used by its text",
        "The parameter '{1}' of '{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1035"));

    private static readonly DiagnosticDescriptor s_parameterType = new(
        "DBM1036",
        "A parameter of a [Sql] method must have the type of the column that it meets",
        "The parameter '{1}' of '{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1036"));

    private static readonly DiagnosticDescriptor s_result = new(
        "DBM1037",
        "The result of a [Sql] method must be what its text returns",
        "'{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1037"));

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [s_signature, s_text, s_setsKey, s_targetText, s_missingParameter, s_unusedParameter, s_parameterType, s_result];

    public static DiagnosticDescriptor Of(MethodProblemKind kind) => kind switch
    {
        MethodProblemKind.Signature => s_signature,
        MethodProblemKind.Text => s_text,
        MethodProblemKind.SetsKey => s_setsKey,
        MethodProblemKind.TargetText => s_targetText,
        MethodProblemKind.MissingParameter => s_missingParameter,
        MethodProblemKind.UnusedParameter => s_unusedParameter,
        MethodProblemKind.ParameterType => s_parameterType,
        _ => s_result,
    };
}
