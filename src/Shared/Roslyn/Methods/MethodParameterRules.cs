using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What must hold between the parameters of a <c>[Sql]</c> method and those of its texts.</summary>
internal static class MethodParameterRules
{
    public static void Check(MethodShape shape, MethodText source, MethodText target, MethodColumns onSource, MethodColumns onTarget)
    {
        CheckMissing(shape, source, target);
        ILookup<string, MemberShape> sources = MethodMeetings.Find(source, onSource).ToLookup(static meeting => meeting.Parameter, static meeting => meeting.Member);
        ILookup<string, MemberShape> targets = ReferenceEquals(source, target)
            ? sources
            : MethodMeetings.Find(target, onTarget).ToLookup(static meeting => meeting.Parameter, static meeting => meeting.Member);
        shape.Parameters = [.. shape.Parameters.Select(parameter => parameter with
        {
            Source = parameter.Role == MethodRole.Value ? sources[parameter.Symbol.Name].FirstOrDefault() : null,
            Target = parameter.Role == MethodRole.Value ? targets[parameter.Symbol.Name].FirstOrDefault() : null,
        })];
        foreach (MethodParameterShape parameter in shape.Parameters.Where(static parameter => parameter.Role == MethodRole.Value))
        {
            string name = parameter.Symbol.Name;
            if (!source.Parameters.Contains("@" + name) || !target.Parameters.Contains("@" + name))
            {
                Add(MethodProblemKind.UnusedParameter, parameter, source.Parameters.Contains("@" + name) ? "is not used by the text for the target" : "is not used by the text");
                continue;
            }

            CheckType(parameter, [.. sources[name].Concat(targets[name]).Distinct()]);
        }

        void CheckType(MethodParameterShape parameter, ImmutableArray<MemberShape> met)
        {
            if (met.Select(member => (Member: member, (parameter with { Source = member, Target = null }).Binding)).FirstOrDefault(static pair => pair.Binding == MethodBinding.Wrong) is { Member: { } wrong })
            {
                Add(
                    MethodProblemKind.ParameterType, parameter,
                    $"is of type {Short(parameter.Symbol.Type)}, and the column that it meets is that of '{wrong.Name}', which is of type {Short(wrong.BareType)}: give it that type");
            }
            else if (met.FirstOrDefault(static member => member.TargetStorage is not null || member.Storage is { Element: not null }) is { } formed)
            {
                Add(
                    MethodProblemKind.ParameterType, parameter,
                    $"meets the column of '{formed.Name}', which {(formed.TargetStorage is null ? "is an array" : "has a form of its own on each side")}, and no parameter is bound in two forms: write it by the repository");
            }
            else if (met.Skip(1).FirstOrDefault(member => !IsStoredAlike(member, met[0])) is { } other)
            {
                Add(
                    MethodProblemKind.ParameterType, parameter,
                    $"meets the columns of '{met[0].Name}' and '{other.Name}', which store values in different forms: take a parameter for each");
            }
            else if (met.IsEmpty && parameter.Storage is null)
            {
                Add(MethodProblemKind.ParameterType, parameter, $"is of type {Short(parameter.Symbol.Type)}, which no column holds, and meets no mapped column by itself: take a type that a column holds");
            }
        }

        void Add(MethodProblemKind kind, MethodParameterShape parameter, string detail) =>
            shape.Add(kind, parameter.Symbol.Locations.FirstOrDefault() ?? shape.Location, parameter.Symbol.Name, detail);
    }

    private static void CheckMissing(MethodShape shape, MethodText source, MethodText target)
    {
        HashSet<string> known = new(shape.Parameters.Where(static parameter => parameter.Role == MethodRole.Value).Select(static parameter => "@" + parameter.Symbol.Name), StringComparer.Ordinal);
        foreach (string missing in source.Parameters.Concat(target.Parameters).Distinct(StringComparer.Ordinal).Where(name => !known.Contains(name)))
        {
            string? close = known.FirstOrDefault(name => string.Equals(name, missing, StringComparison.OrdinalIgnoreCase));
            shape.AddText(MethodProblemKind.MissingParameter, missing, close is null ? "add one of that name" : $"its parameter is called '{close.Substring(1)}', and case matters");
        }
    }

    private static bool IsStoredAlike(MemberShape left, MemberShape right) =>
        left.Type == right.Type
        && left.Storage?.IsText == right.Storage?.IsText
        && SymbolEqualityComparer.Default.Equals(left.Storage?.Converter, right.Storage?.Converter);

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
