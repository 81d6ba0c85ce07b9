using DbMove.Generators.Model;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Generators.Parsing;

/// <summary>Turns a <c>[Sql]</c> method into a model; into null where no part of the class could have a body for it.</summary>
internal static class MethodParser
{
    private static readonly SymbolDisplayFormat s_declared = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static MethodModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context is not { TargetSymbol: IMethodSymbol method, TargetNode: MethodDeclarationSyntax declaration }
            || MethodShape.Inspect(method, cancellationToken) is not { CanHaveBody: true } shape)
        {
            return null;
        }

        INamedTypeSymbol type = method.ContainingType;
        ScopeModel scope = ScopeParser.Parse(type);
        EntityModel? entity = shape is { IsValid: true, Entity: { } entityShape } ? EntityParser.ToModel(entityShape, cancellationToken) : null;
        string explicitly = method.ExplicitInterfaceImplementations.IsEmpty ? "" : method.ExplicitInterfaceImplementations[0].ContainingType.ToDisplayString(s_declared) + ".";
        return new MethodModel
        {
            Scope = scope,
            Repository = Identifiers.Escape(type.Name),
            Contract = method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false } && shape.Repository is { Problem: null, Entity: { } own } ? ContractParser.ParseFor(method, own, cancellationToken) : null,
            ReturnType = method.ReturnType.ToDisplayString(s_declared),
            HintPrefix = FileNames.Fit(EntityShape.FileName(type)),
            Entity = entity,
            Name = method.Name,
            Identifier = Identifiers.Escape(method.Name),
            Head = string.Join(" ", [.. declaration.Modifiers.Select(static modifier => modifier.Text), method.ReturnType.ToDisplayString(s_declared), explicitly + Identifiers.Escape(method.Name)]),
            IsDocumented = declaration.GetLeadingTrivia().Any(static trivia => trivia.ToFullString().TrimStart() is var text && (text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal))),
            Parameters = new([.. shape.Parameters.Select(parameter => Parse(parameter, shape.Entity, entity))]),
            Source = shape.Source,
            Target = shape.Target,
            CommandTimeout = shape.CommandTimeout,
            Wrapper = shape.Return?.Wrapper ?? "",
            Element = shape.Return?.Element?.ToDisplayString(s_declared),
            IsList = shape.Return is { IsList: true },
            IsNullable = shape.Return is { IsNullable: true },
            Row = shape.Row is { } row && entity is not null ? Parse(row, shape.Entity!, entity) : null,
        };
    }

    private static MethodParameterModel Parse(MethodParameterShape parameter, EntityShape? shape, EntityModel? entity)
    {
        ITypeSymbol type = parameter.Symbol.Type;
        return new MethodParameterModel
        {
            Name = parameter.Symbol.Name,
            Identifier = Identifiers.Escape(parameter.Symbol.Name),
            Type = Modifier(parameter.Symbol) + type.ToDisplayString(s_declared),
            Default = parameter.Symbol.HasExplicitDefaultValue ? DefaultValue.Of(parameter.Symbol) : null,
            Role = parameter.Role,
            CanBeNull = type.IsReferenceType || parameter.IsNullable,
            SourceOrdinal = Ordinal(parameter.Source),
            TargetOrdinal = Ordinal(parameter.Target),
            SourceOthers = new([.. parameter.SourceOthers.Select(Ordinal)]),
            TargetOthers = new([.. parameter.TargetOthers.Select(Ordinal)]),
            IsOrdered = parameter.IsOrdered,
            Binding = parameter.Binding,
            Column = parameter.Role != MethodRole.Value || entity is null ? null
                : parameter.Met is { } met ? entity.Columns[shape!.Members.IndexOf(met)]
                : MakeUp(parameter.Symbol.Name, parameter.BareType, parameter.Storage, parameter.IsNullable),
        };

        int Ordinal(MemberShape? member) => member is null || shape is null ? -1 : shape.Members.IndexOf(member);
    }

    // What no statement can have, the compiler wants repeated all the same.
    private static string Modifier(IParameterSymbol parameter) => parameter switch
    {
        { IsParams: true } => "params ",
        { RefKind: RefKind.Ref } => "ref ",
        { RefKind: RefKind.Out } => "out ",
        { RefKind: RefKind.In } => "in ",
        { RefKind: RefKind.RefReadOnlyParameter } => "ref readonly ",
        _ => "",
    };

    private static MethodRowModel Parse(MethodRow row, EntityShape shape, EntityModel entity) => new(
        StorageParser.FullName(row.Type),
        row.IsEntity,
        row.IsRecord,
        row.ConstructorArguments,
        new([.. row.Fields.Select(field => Parse(field, shape, entity))]));

    private static MethodFieldModel Parse(MethodField field, EntityShape shape, EntityModel entity)
    {
        ColumnModel? named = entity.Columns.FirstOrDefault(column => string.Equals(column.Name, field.Name, StringComparison.OrdinalIgnoreCase));
        ColumnModel column = field.Member is { } member
            ? entity.Columns[shape.Members.IndexOf(member)] with { IsNullable = field.IsNullable, IsReference = field.Type.IsReferenceType, OnlyOn = null }
            : MakeUp(field.Name.Length > 0 ? field.Name : "the result", field.BareType, field.Storage, field.IsNullable);
        return new MethodFieldModel(field.Name, Identifiers.Escape(field.Name), named?.SourceName, named?.TargetName, column);
    }

    /// <summary>A column for a value of which only the type is known.</summary>
    private static ColumnModel MakeUp(string name, ITypeSymbol type, StorageShape? storage, bool isNullable) => new()
    {
        Ordinal = -1,
        Name = name,
        Identifier = name,
        SourceName = name,
        TargetName = name,
        Type = storage?.Type ?? default,
        TypeName = StorageParser.FullName(type),
        TargetForm = null,
        Storage = storage is null ? null : StorageParser.Parse(storage),
        IsNullable = isNullable,
        IsReference = type.IsReferenceType,
        KeyOrdinal = -1,
        Generated = "None",
        OnlyOn = null,
        IsUpdatedAt = false,
        IsConcurrencyToken = false,
        IsRowVersion = false,
        Comparison = null,
    };
}
