using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>One reason why nothing can be generated for a <c>[Sql]</c> method.</summary>
/// <param name="Kind">The rule that is broken.</param>
/// <param name="Location">Where to point.</param>
/// <param name="Method">The repository's and the method's name.</param>
/// <param name="Subject">What else the message names.</param>
/// <param name="Detail">The rest of the message: what is wrong, with the remedy.</param>
internal sealed record MethodProblem(MethodProblemKind Kind, Location Location, string Method, string Subject, string Detail);
