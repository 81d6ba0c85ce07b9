using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>One reason why nothing can be generated for an entity.</summary>
/// <param name="Kind">The rule that is broken.</param>
/// <param name="Location">Where to point.</param>
/// <param name="Entity">The entity's name.</param>
/// <param name="Member">The member's name, or what else the message names.</param>
/// <param name="Detail">The rest of the message: what is wrong.</param>
internal sealed record ShapeProblem(ProblemKind Kind, Location Location, string Entity, string Member, string Detail);
