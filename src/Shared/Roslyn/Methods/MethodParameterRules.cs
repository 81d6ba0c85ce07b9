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
            Source = FirstMet(Of(sources, parameter)),
            Target = FirstMet(Of(targets, parameter)),
            SourceOthers = OthersMet(Of(sources, parameter)),
            TargetOthers = OthersMet(Of(targets, parameter)),
            IsOrdered = Of(sources, parameter).Concat(Of(targets, parameter)).Any(static meeting => meeting.IsOrdered),
        })];
        foreach (MethodParameterShape parameter in shape.Parameters.Where(static parameter => parameter.Role == MethodRole.Value))
        {
            string name = parameter.Symbol.Name;
            if (!source.Parameters.Contains("@" + name) || !target.Parameters.Contains("@" + name))
            {
                Add(MethodProblemKind.UnusedParameter, parameter, source.Parameters.Contains("@" + name) ? "is not used by the text for the target" : "is not used by the text");
                continue;
            }

            ImmutableArray<MethodMeeting> places = [.. Of(sources, parameter), .. Of(targets, parameter)];
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
            else if (loose.FirstOrDefault(place => place.Known is { } column && MethodForeignForms.IsUnlike(parameter, column, place.Cast, met)) is { Known: { } known })
            {
                Add(
                    MethodProblemKind.ParameterType, parameter, known.TargetStorage is not null
                    ? $"meets the column of '{MethodForeignNames.Owner(known)}.{known.Name}', which has a form of its own on each side, and no parameter is bound in two forms: find its rows by that entity's repository first"
                    : $"meets the column of '{MethodForeignNames.Owner(known)}.{known.Name}', in whose form it is not bound, for that is another entity's: {(met.IsEmpty ? "give it" : "take a parameter for each, and give that one")} the type which is stored there ({Stored(known)})");
            }
            else if (loose.Where(static place => !place.IsApart).SelectMany(static place => place.BesideKnown).FirstOrDefault(column => IsOfType(parameter, column) && MethodForeignForms.IsUnlike(parameter, column, MethodCast.None, met)) is { } beside)
            {
                Add(
                    MethodProblemKind.ParameterType, parameter,
                    $"stands in one expression with the column of '{MethodForeignNames.Owner(beside)}.{beside.Name}', which stores values of type {Short(parameter.Symbol.Type)} in another form: {(met.IsEmpty ? "give it" : "take a parameter for each, and give that one")} the type which is stored there ({Stored(beside)})");
            }
            else if (met.FirstOrDefault(member => IsConverted(member) && IsOfType(parameter, member)) is { } bound && loose.FirstOrDefault(place => !MayBeAlike(place, bound)) is { Parameter: not null } place)
            {
                Add(
                    MethodProblemKind.ParameterType, parameter, place.IsForeign
                    ? $"meets the column of '{bound.Name}', which stores it in another form, and a column of another table, whose form is not known: take a parameter for each, and give that one the type which the other table stores ({Stored(bound)}, where it has that form too)"
                    : $"meets the column of '{bound.Name}', which stores it in another form, and stands elsewhere beside no mapped column by itself, where that form would be another value: take a parameter for each");
            }
            else if (met.IsEmpty && loose.Select(static place => place.Possible).FirstOrDefault(member => member is not null && IsConverted(member) && IsOfType(parameter, member)) is { } possible)
            {
                Add(
                    MethodProblemKind.ParameterType, parameter,
                    $"may meet the column of '{possible.Name}', or one of another table that has its name, and values of type {Short(parameter.Symbol.Type)} depend on the column: give the column its table's name, and if that is the other table, the parameter the type which it stores ({Stored(possible)}, where it has the form of '{possible.Name}')");
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

    /// <summary>The places of a parameter. What a cast makes of it is no value of the column's, but where the column stores that type in another form.</summary>
    private static IEnumerable<MethodMeeting> Of(ILookup<string, MethodMeeting> places, MethodParameterShape parameter) => places[parameter.Symbol.Name].Select(place =>
        place.Member is not { } member || place.Cast == MethodCast.None ? place
        : IsConverted(member) && IsOfType(parameter, member) ? place with { IsOrdered = false }
        : place.Cast == MethodCast.Typed && (parameter with { Source = member, Target = null }).Binding != MethodBinding.Wrong ? place
        : place with { Member = null, IsOrdered = false, IsApart = true });

    private static MemberShape? FirstMet(IEnumerable<MethodMeeting> meetings) => meetings.FirstOrDefault(static meeting => meeting.Member is not null).Member;

    private static ImmutableArray<MemberShape> OthersMet(IEnumerable<MethodMeeting> meetings) =>
        [.. meetings.Select(static meeting => meeting.Member).OfType<MemberShape>().Distinct().Skip(1)];

    /// <summary>
    /// The member of the parameter's type that is not stored as that type is: by itself the value would be bound in a form that the
    /// column does not have. Of a type that every table has, only where the column stands in the same expression.
    /// </summary>
    private static MemberShape? FindConverted(MethodParameterShape parameter, ImmutableArray<MethodMeeting> loose, MethodColumns columns) => loose.IsEmpty ? null
        : (parameter.Storage is { IsPlain: true, Enum: null } ? loose.SelectMany(static place => place.Beside) : columns.Members)
            .FirstOrDefault(member => IsConverted(member) && IsOfType(parameter, member));

    internal static bool IsOfType(MethodParameterShape parameter, MemberShape member) => SymbolEqualityComparer.Default.Equals(member.BareType, parameter.BareType);

    internal static bool IsConverted(MemberShape member) =>
        member.TargetStorage is not null || member.Storage is { IsText: true } or { Converter: not null } or { Json: not null };

    /// <summary>
    /// Whether a place that meets no column may have the form of one that stores enums by name: who compares two columns with one value
    /// says that they hold the same. Of a converter's form that is not taken on trust, for a number fits a column in either.
    /// </summary>
    private static bool MayBeAlike(MethodMeeting place, MemberShape bound) =>
        place.Known is not null
        || (bound is { TargetStorage: null, Storage: { IsText: true, Converter: null, Json: null } } && (place.IsForeign || (place.Possible is { } possible && IsStoredAlike(possible, bound))));

    /// <summary>The type that a column stores.</summary>
    private static string Stored(MemberShape member) =>
        member.Storage is { Stored: { } stored } ? Short(stored) : member.Storage is { IsText: true } or { Json: not null } ? "string" : Short(member.BareType);

    private static void CheckMissing(MethodShape shape, MethodText source, MethodText target)
    {
        HashSet<string> known = new(shape.Parameters.Where(static parameter => parameter.Role == MethodRole.Value).Select(static parameter => "@" + parameter.Symbol.Name), StringComparer.Ordinal);
        foreach (string missing in source.Parameters.Concat(target.Parameters).Distinct(StringComparer.Ordinal).Where(name => !known.Contains(name)))
        {
            string? close = known.FirstOrDefault(name => string.Equals(name, missing, StringComparison.OrdinalIgnoreCase));
            shape.AddText(MethodProblemKind.MissingParameter, missing, close is null ? "add one of that name" : $"its parameter is called '{close.Substring(1)}', and case matters");
        }
    }

    internal static bool IsStoredAlike(MemberShape left, MemberShape right) =>
        left.Type == right.Type
        && left.Storage?.IsText == right.Storage?.IsText
        && SymbolEqualityComparer.Default.Equals(left.Storage?.Converter, right.Storage?.Converter);

    private static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
