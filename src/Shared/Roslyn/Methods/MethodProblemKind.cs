namespace DbMove.Roslyn;

/// <summary>Why nothing can be generated for a <c>[Sql]</c> method; each kind is one rule of the analyzers.</summary>
internal enum MethodProblemKind
{
    Signature,
    Text,
    SetsKey,
    TargetText,
    MissingParameter,
    UnusedParameter,
    ParameterType,
    Result,
}
