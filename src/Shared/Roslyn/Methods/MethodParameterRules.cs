using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What must hold between the parameters of a <c>[Sql]</c> method and those of its texts.</summary>
internal static class MethodParameterRules
{
    public static void Check(MethodShape shape, MethodText source, MethodText target, MethodColumns onSource, MethodColumns onTarget)
    {
        CheckMissing(shape, source, target);
        ILookup<string, MethodMeeting> sources = MethodMeetings.Find(source, onSource).ToLookup(static meeting => meeting.Parameter);
        ILookup<string, MethodMeeting> targets = ReferenceEquals(source, target) ? sources : MethodMeetings.Find(target, onTarget).ToLookup(static meeting => meeting.Parameter);
        shape.Parameters = [.. shape.Parameters.Select(parameter => parameter.Role != MethodRole.Value ? parameter : parameter with
        {
            Source = FirstMet(sources[parameter.Symbol.Name]),
            Target = FirstMet(targets[parameter.Symbol.Name]),
            SourceOthers = OthersMet(sources[parameter.Symbol.Name]),
            TargetOthers = OthersMet(targets[parameter.Symbol.Name]),
            IsOrdered = sources[parameter.Symbol.Name].Concat(targets[parameter.Symbol.Name]).Any(static meeting => meeting.IsOrdered),
        })];
        foreach (MethodParameterShape parameter in shape.Parameters.Where(static parameter => parameter.Role == MethodRole.Value))
        {
            string name = parameter.Symbol.Name;
            if (!source.Parameters.Contains("@" + name) || !target.Parameters.Contains("@" + name))
            {
                Add(MethodProblemKind.UnusedParameter, parameter, source.Parameters.Contains("@" + name) ? "is not used by the text for the target" : "is not used by the text");
                continue;
            }

            ImmutableArray<MethodMeeting> places = [.. sources[name].Concat(targets[name])];
            CheckType(parameter, [.. places.Select(static place => place.Member).OfType<MemberShape>().Distinct()], [.. places.Where(static place => place is { Member: null, IsNullTest: false })]);
        }

        void CheckType(MethodParameterShape parameter, ImmutableArray<MemberShape> met, ImmutableArray<MethodMeeting> loose)
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
            else if (!loose.IsEmpty && met.FirstOrDefault(member => IsConverted(member) && SymbolEqualityComparer.Default.Equals(member.BareType, parameter.BareType)) is { } bound)
            {
                Add(
                    MethodProblemKind.ParameterType, parameter,
                    $"meets the column of '{bound.Name}', which stores it in another form, and stands elsewhere beside no mapped column by itself, where that form would be another value: take a parameter for each");
            }
            else if (met.IsEmpty && loose.Select(static place => place.Possible).FirstOrDefault(member => member is not null && IsBoundOtherwise(parameter, member)) is { } possible)
            {
                Add(
                    MethodProblemKind.ParameterType, parameter,
                    $"may meet the column of '{possible.Name}', or one of another table that has its name, and values of type {Short(parameter.Symbol.Type)} depend on the column: give the column its table's name");
            }
            else if (met.IsEmpty && parameter.Storage is null)
            {
                Add(MethodProblemKind.ParameterType, parameter, $"is of type {Short(parameter.Symbol.Type)}, which no column holds, and meets no mapped column by itself: take a type that a column holds");
            }
            else if (met.IsEmpty && FindConverted(parameter, [.. loose.Where(static place => !place.IsApart)], onSource) is { } converted)
            {
                Add(
                    MethodProblemKind.ParameterType, parameter,
                    $"is of type {Short(parameter.Symbol.Type)}, which '{converted.Name}' stores in another form, and meets no mapped column by itself: give the column its table's name and the parameter its place alone beside it, or take the type that is stored");
            }
        }

        void Add(MethodProblemKind kind, MethodParameterShape parameter, string detail) =>
            shape.Add(kind, parameter.Symbol.Locations.FirstOrDefault() ?? shape.Location, parameter.Symbol.Name, detail);
    }

    private static MemberShape? FirstMet(IEnumerable<MethodMeeting> meetings) => meetings.FirstOrDefault(static meeting => meeting.Member is not null).Member;

    private static ImmutableArray<MemberShape> OthersMet(IEnumerable<MethodMeeting> meetings) =>
        [.. meetings.Select(static meeting => meeting.Member).OfType<MemberShape>().Distinct().Skip(1)];

    /// <summary>
    /// The member of the parameter's type that is not stored as that type is: by itself the value would be bound in a form that the
    /// column does not have. Of a type that every table has, only where the column stands in the same expression.
    /// </summary>
    private static MemberShape? FindConverted(MethodParameterShape parameter, ImmutableArray<MethodMeeting> loose, MethodColumns columns) => loose.IsEmpty ? null
        : (parameter.Storage is { IsPlain: true, Enum: null } ? loose.SelectMany(static place => place.Beside) : columns.Members)
            .FirstOrDefault(member => IsConverted(member) && SymbolEqualityComparer.Default.Equals(member.BareType, parameter.BareType));

    private static bool IsConverted(MemberShape member) =>
        member.TargetStorage is not null || member.Storage is { IsText: true } or { Converter: not null } or { Json: not null };

    /// <summary>Whether what is bound in the form of the member's column may differ from what is bound by the type alone.</summary>
    private static bool IsBoundOtherwise(MethodParameterShape parameter, MemberShape member) =>
        SymbolEqualityComparer.Default.Equals(parameter.BareType, member.BareType)
        && (IsConverted(member) || member.Type is ColumnType.Decimal or ColumnType.Guid or ColumnType.DateTime or ColumnType.DateTimeOffset or ColumnType.DateOnly or ColumnType.TimeOnly or ColumnType.TimeSpan or ColumnType.UInt64);

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
