using System.Collections.Immutable;

namespace DbMove.Roslyn;

/// <summary>What a parameter is that meets a column of another entity: it is bound in the form of its type, or of its own entity's column, and the other one's must be the same.</summary>
internal static class MethodForeignForms
{
    /// <summary>Whether the parameter is bound in a form that the column does not have.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="known">The other entity's member.</param>
    /// <param name="cast">What a cast makes of the parameter there.</param>
    /// <param name="met">The members of its own entity that the parameter meets.</param>
    public static bool IsUnlike(MethodParameterShape parameter, MemberShape known, MethodCast cast, ImmutableArray<MemberShape> met)
    {
        if (known.IsUnstorable)
        {
            return false;
        }

        MemberShape? bound = met.FirstOrDefault(member => MethodParameterRules.IsOfType(parameter, member));
        if (MethodParameterRules.IsOfType(parameter, known))
        {
            return known.TargetStorage is not null || (bound is not null ? !MethodParameterRules.IsStoredAlike(bound, known) : MethodParameterRules.IsConverted(known));
        }

        // What a cast makes of it is another value.
        return cast == MethodCast.None
            && (known.TargetStorage is not null
                || (bound is { Storage: { Converter: not null } or { Json: not null } } ? !MethodParameterRules.IsStoredAlike(bound, known)
                    : (met.IsEmpty ? parameter.Storage?.Type : met[0].Type) is { } type && !IsComparable(type, known.Type)));
    }

    // Numbers are compared whatever their width.
    private static bool IsComparable(ColumnType left, ColumnType right) => left == right || (IsNumber(left) && IsNumber(right));

    private static bool IsNumber(ColumnType type) => type is >= ColumnType.Byte and <= ColumnType.Single;
}
