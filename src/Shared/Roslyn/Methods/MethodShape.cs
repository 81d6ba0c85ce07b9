using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Roslyn;

/// <summary>
/// The one definition of a valid <c>[Sql]</c> method: the generator writes the body of one without problems, and every problem is a
/// rule of the analyzers.
/// </summary>
internal sealed class MethodShape
{
    private readonly ImmutableArray<MethodProblem>.Builder _problems = ImmutableArray.CreateBuilder<MethodProblem>();

    private MethodShape(IMethodSymbol method, AttributeData attribute, CancellationToken cancellationToken)
    {
        Method = method;
        Location = method.Locations[0];
        TextLocation = (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax)?.GetLocation() ?? Location;
        Source = attribute.ConstructorArguments is [{ Value: string source }] ? source : "";
        Target = attribute.NamedArguments.FirstOrDefault(static argument => argument.Key == "Target").Value is { IsNull: false, Value: string target } ? target : null;
        CommandTimeout = attribute.Number("CommandTimeout") ?? 30;
        Attributes = attribute.AttributeClass?.ContainingAssembly?.Name ?? "";
    }

    public IMethodSymbol Method { get; }

    /// <summary>The name of the assembly that has DbMove's attributes.</summary>
    public string Attributes { get; }

    public Location Location { get; }

    public Location TextLocation { get; }

    /// <summary>The repository; null when the method is in no class that is one.</summary>
    public RepositoryShape? Repository { get; private set; }

    /// <summary>The repository's entity; null when there is none that is valid.</summary>
    public EntityShape? Entity { get; private set; }

    public string Source { get; }

    public string? Target { get; }

    public int CommandTimeout { get; }

    public ImmutableArray<MethodParameterShape> Parameters { get; set; } = [];

    public MethodReturn? Return { get; set; }

    /// <summary>What the rows become; null: they are counted.</summary>
    public MethodRow? Row { get; set; }

    /// <summary>Whether it changes rows.</summary>
    public bool IsWrite { get; set; }

    public IReadOnlyList<MethodProblem> Problems => _problems;

    /// <summary>Whether the body can be written. Not so either where the entity or the repository has a problem, which is reported there.</summary>
    public bool IsValid => _problems.Count == 0 && Entity is not null;

    /// <summary>Whether the compiler asks for a body, which another part of the class can have.</summary>
    public bool CanHaveBody { get; private set; }

    public static MethodShape? Inspect(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.PartialDefinitionPart is not null || method.FindAttribute(AttributeNames.Sql) is not { } attribute)
        {
            return null;
        }

        MethodShape shape = new(method, attribute, cancellationToken);
        shape.CanHaveBody = MethodSignature.CanHaveBody(method, cancellationToken);
        shape.Repository = RepositoryShape.Of(method.ContainingType, cancellationToken);
        MethodSignature.Check(shape, cancellationToken);
        if (shape.Repository is { Problem: null, Entity: { } entity })
        {
            EntityShape entityShape = EntityShape.Inspect(entity, cancellationToken);
            if (entityShape.IsValid)
            {
                shape.Entity = entityShape;
                MethodRules.Check(shape, entityShape, cancellationToken);
            }
        }

        return shape;
    }

    public void Add(MethodProblemKind kind, Location location, string subject, string detail) =>
        _problems.Add(new MethodProblem(kind, location, Method.ContainingType.Name + "." + Method.Name, subject, detail));

    public void AddText(MethodProblemKind kind, string subject, string detail) => Add(kind, TextLocation, subject, detail);
}
