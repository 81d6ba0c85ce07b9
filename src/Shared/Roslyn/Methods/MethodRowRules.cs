using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What must hold between what a <c>[Sql]</c> method gives and what its texts return.</summary>
internal static class MethodRowRules
{
    public static void Check(MethodShape shape, EntityShape entity, MethodText source, MethodText target, MethodColumns onSource, MethodColumns onTarget)
    {
        if (shape.Return is not { } given)
        {
            return;
        }

        if (shape.IsWrite && given.IsStream)
        {
            Add("is a write, whose rows are committed together: return Task<IReadOnlyList<T>>");
            return;
        }

        if (shape.IsWrite && !source.HasReturning && IsCount(given))
        {
            return;
        }

        if (given.Element is not { } element)
        {
            Add("returns rows, and the method none of them: return Task<T> or Task<IReadOnlyList<T>>");
            return;
        }

        ITypeSymbol type = ColumnTypeResolution.WithoutNullable(element);
        if (SymbolEqualityComparer.Default.Equals(type, entity.Type))
        {
            shape.Row = new MethodRow(type) { IsEntity = true };
            if (shape.IsWrite && source.HasReturning)
            {
                Add("gives entities, and its text has a RETURNING of its own: leave that out, DbMove adds the entity's columns");
            }
            else if (!shape.IsWrite)
            {
                // One mistake is told once.
                _ = CheckEntity(source, onSource, "") && CheckEntity(target, onTarget, " in the text for the target");
            }

            return;
        }

        if (shape.IsWrite && !source.HasReturning)
        {
            Add($"is a write without RETURNING: return Task<int> for the count, {entity.Type.Name} or a list of it for the rows, or add RETURNING");
            return;
        }

        MethodResult result = MethodResult.Find(source, onSource);
        MethodResult targetResult = ReferenceEquals(source, target) ? result : MethodResult.Find(target, onTarget);
        shape.Row = FindRow(element, type, result, entity);
        if (IsCollection(type) && shape.Row is (null or { IsRecord: true }))
        {
            // A List<T> would be taken for a record with the column "capacity".
            Add($"gives {Short(type)}: return Task<IReadOnlyList<T>> for a list, or IAsyncEnumerable<T> for rows as they come");
        }
        else if (shape.Row is null)
        {
            Add($"gives {Short(type)}, which no column holds, and which has no public constructor or properties that columns could be: give a type that a column holds, the entity, or a record");
        }
        else if (shape.Row.Fields.FirstOrDefault(static field => field.Converted is not null) is { } field)
        {
            Add($"gives {Short(field.Type)}{(field.Name.Length > 0 ? $" as '{field.Name}'" : "")} of an expression over '{field.Converted!.Name}', which is stored in another form: return the column by itself, or give the type that is stored");
        }
        else if (shape.Row.IsRecord)
        {
            _ = CheckRecord(shape.Row, result, onSource, "") && CheckRecord(shape.Row, targetResult, onTarget, " in the text for the target");
        }
        else if (result is { IsComplete: true, Items.Length: > 1 })
        {
            Add($"gives one {Short(type)} a row, and its text returns {result.Items.Length} columns: return one, or give a record");
        }

        bool CheckEntity(MethodText text, MethodColumns columns, string where)
        {
            MethodResult returned = MethodResult.Find(text, columns);
            MemberShape? missing = !returned.IsComplete ? null : entity.Members.FirstOrDefault(member =>
                columns.Has(member) && !returned.Items.Any(item => string.Equals(item.Name, columns.NameOf(member), StringComparison.OrdinalIgnoreCase)));
            if (missing is not null)
            {
                Add($"gives {entity.Type.Name}, and its column '{columns.NameOf(missing)}' is not selected{where}: select every mapped column, or give a record of those that are needed");
            }

            return missing is null;
        }

        bool CheckRecord(MethodRow row, MethodResult returned, MethodColumns columns, string where)
        {
            MethodField? missing = !returned.IsComplete ? null : row.Fields.FirstOrDefault(field => Match(field.Name, returned, columns.NameOfMember(field.Name)) is null);
            if (missing is not null)
            {
                Add($"gives {Short(type)}, and no column is called '{missing.Name}'{where}: give one that name, '… AS {missing.Name}'");
            }

            return missing is null;
        }

        void Add(string detail) => shape.Add(MethodProblemKind.Result, shape.Location, "", detail);
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type is IArrayTypeSymbol || type.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) == true;

    private static bool IsCount(MethodReturn given) => given is { IsStream: false, IsList: false, Element: null or { SpecialType: SpecialType.System_Int32 } };

    private static MethodRow? FindRow(ITypeSymbol element, ITypeSymbol type, MethodResult result, EntityShape entity)
    {
        MethodField single = new("", element)
        {
            Member = result.Items.FirstOrDefault()?.Member is { } only && SymbolEqualityComparer.Default.Equals(only.BareType, type) ? only : null,
            Converted = FindConverted(result.Items.FirstOrDefault(), type),
        };
        if (single.IsReadable)
        {
            return new MethodRow(type) { Fields = [single] };
        }

        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, IsRefLikeType: false } named)
        {
            return null;
        }

        foreach (IMethodSymbol constructor in named.InstanceConstructors
            .Where(static constructor => constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal && constructor.Parameters.Length > 0)
            .OrderByDescending(static constructor => constructor.Parameters.Length))
        {
            ImmutableArray<MethodField> fields = [.. constructor.Parameters.Select(parameter => Field(parameter.Name, parameter.Type))];
            ImmutableArray<MethodField> rest = [.. Settable(named).Where(property => !constructor.Parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)))];
            if (fields.Concat(rest).All(static field => field.IsReadable) && constructor.Parameters.All(static parameter => parameter.RefKind == RefKind.None) && !HasRequired(named, constructor))
            {
                return new MethodRow(type) { IsRecord = true, Fields = fields.AddRange(rest), ConstructorArguments = fields.Length };
            }
        }

        ImmutableArray<MethodField> settable = Settable(named);
        bool canBeMade = named.IsValueType || named.InstanceConstructors.Any(static constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal);
        return canBeMade && !settable.IsEmpty && settable.All(static field => field.IsReadable) ? new MethodRow(type) { IsRecord = true, Fields = settable } : null;

        // A member that no constructor takes would be left at its default, and nobody would see it.
        ImmutableArray<MethodField> Settable(INamedTypeSymbol owner) => [.. owner.WithBaseTypes().SelectMany(static part => part.GetMembers()).OfType<IPropertySymbol>()
            .Where(static property => property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, SetMethod.DeclaredAccessibility: Accessibility.Public } && !property.HasAttribute(AttributeNames.NotMapped))
            .GroupBy(static property => property.Name, StringComparer.Ordinal)
            .Select(group => Field(group.Key, group.First().Type))];

        MethodField Field(string name, ITypeSymbol fieldType)
        {
            // The member of that name, or whose column has that name, where the text returns it as it is.
            MemberShape? named = entity.Members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase));
            MethodResult.Item? item = Match(name, result, named?.SourceName);
            MemberShape? returned = item?.Member;
            returned = returned is not null && SymbolEqualityComparer.Default.Equals(returned.BareType, ColumnTypeResolution.WithoutNullable(fieldType)) ? returned
                : !result.IsComplete && named is not null && SymbolEqualityComparer.Default.Equals(named.BareType, ColumnTypeResolution.WithoutNullable(fieldType)) ? named
                : null;
            return new MethodField(name, fieldType) { Member = returned, Converted = FindConverted(item, ColumnTypeResolution.WithoutNullable(fieldType)) };
        }
    }

    /// <summary>The member of the type that is not stored as the type is, and that the returned expression works on.</summary>
    private static MemberShape? FindConverted(MethodResult.Item? item, ITypeSymbol type) => item?.Used.FirstOrDefault(member =>
        (member.TargetStorage is not null || member.Storage is { IsText: true } or { Converter: not null } or { Json: not null }) && SymbolEqualityComparer.Default.Equals(member.BareType, type));

    // They would have to be set too, by whoever calls it.
    private static bool HasRequired(INamedTypeSymbol type, IMethodSymbol constructor) =>
        !constructor.HasAttribute(AttributeNames.SetsRequiredMembers)
        && type.WithBaseTypes().SelectMany(static part => part.GetMembers()).Any(static member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

    /// <summary>The returned column that a record's field is read from, as the runtime finds it.</summary>
    private static MethodResult.Item? Match(string name, MethodResult result, string? column) =>
        result.Items.FirstOrDefault(item => item.Name is not null && string.Equals(item.Name, column, StringComparison.OrdinalIgnoreCase))
        ?? result.Items.FirstOrDefault(item => item.Name is { } found && string.Equals(found.Replace("_", ""), name.Replace("_", ""), StringComparison.OrdinalIgnoreCase));

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
