using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>By what a member is compared.</summary>
/// <param name="Kind">The policy.</param>
internal sealed record ComparisonShape(ComparisonKind Kind)
{
    private const double LargestDecimal = 1e28;
    private const int TextFlags = 3;

    /// <summary>The attributes that are a policy.</summary>
    public static ImmutableArray<string> Policies { get; } =
    [
        AttributeNames.NotCompared, AttributeNames.CompareTolerance, AttributeNames.ComparePrecision,
        AttributeNames.CompareText, AttributeNames.CompareJson, AttributeNames.CompareWith,
    ];

    /// <summary>The policy's argument as code writes it: a tolerance, ticks, or flags; null when there is none.</summary>
    public string? Argument { get; init; }

    /// <summary>The user's comparer; null without one.</summary>
    public INamedTypeSymbol? Comparer { get; init; }

    /// <summary>Why the member cannot be compared so; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the problem is the user's comparer.</summary>
    public bool IsProblemOfComparer { get; init; }

    /// <summary>Why the policy changes nothing; null when it does.</summary>
    public string? Idle { get; init; }

    /// <summary>The policy of a member; null: it has none.</summary>
    /// <param name="property">The member.</param>
    /// <param name="type">Its type without nullable wrapper.</param>
    public static ComparisonShape? Find(IPropertySymbol property, ITypeSymbol type)
    {
        AttributeData? policy = null;
        foreach (string name in Policies)
        {
            if (property.FindAttribute(name) is not { } found)
            {
                continue;
            }

            if (policy is not null)
            {
                return Wrong($"has both [{NameOf(policy)}] and [{NameOf(found)}]: keep one");
            }

            policy = found;
        }

        return policy is not null && StorageShape.FindCompared(property, type) is { } storage ? Find(policy, type, storage) : null;
    }

    /// <summary>The attribute as code writes it.</summary>
    private static string NameOf(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");

    private static ComparisonShape Find(AttributeData policy, ITypeSymbol type, StorageShape storage) => NameOf(policy) switch
    {
        "NotCompared" => new(ComparisonKind.None),
        "CompareTolerance" => FindTolerance(policy, storage),
        "ComparePrecision" => FindPrecision(policy, storage),
        "CompareText" => FindText(policy, storage),
        "CompareJson" when storage.Json is not null => new(ComparisonKind.Value) { Idle = "it has [Json], and is compared as JSON anyway" },
        "CompareJson" => IsText(storage)
            ? new(ComparisonKind.Json)
            : Wrong("has [CompareJson] and is not stored as text: take it off"),
        _ => FindOwn(policy, type),
    };

    private static ComparisonShape FindTolerance(AttributeData policy, StorageShape storage)
    {
        if (storage.Enum is not null || storage.Type is < ColumnType.Byte or > ColumnType.Single)
        {
            return Wrong("has [CompareTolerance] and is not stored as a number"
                + (TicksType(storage) ? ": times have [ComparePrecision]" : ": take it off"));
        }

        bool isFloat = storage.Type is ColumnType.Double or ColumnType.Single;
        return policy.ConstructorArguments is not [{ Value: double tolerance }] || !(tolerance >= 0) || double.IsInfinity(tolerance) || (!isFloat && tolerance >= LargestDecimal)
            ? Wrong("has a tolerance that is none: it must be finite and above zero")
            : new(ComparisonKind.Tolerance)
            {
                Argument = isFloat ? tolerance.ToString("R", CultureInfo.InvariantCulture) + "D" : ((decimal)tolerance).ToString(CultureInfo.InvariantCulture) + "M",
                Idle = tolerance == 0 ? "its tolerance is zero" : null,
            };
    }

    private static ComparisonShape FindPrecision(AttributeData policy, StorageShape storage)
    {
        if (!TicksType(storage))
        {
            return Wrong("has [ComparePrecision] and is not stored as a time"
                + (storage.Enum is null && storage.Type is >= ColumnType.Byte and <= ColumnType.Single ? ": numbers have [CompareTolerance]" : ": take it off"));
        }

        string? ticks = policy.ConstructorArguments is [{ Value: int precision }]
            ? precision switch { 1 => "10L", 2 => "10000L", 3 => "10000000L", 4 => "600000000L", _ => null }
            : null;
        return ticks is null
            ? Wrong("has a precision that is none: use a member of TimePrecision")
            : new(ComparisonKind.Precision) { Argument = ticks };
    }

    private static ComparisonShape FindText(AttributeData policy, StorageShape storage)
    {
        if (!IsText(storage))
        {
            return Wrong("has [CompareText] and is not stored as plain text: take it off");
        }

        if (policy.ConstructorArguments is not [{ Value: int flags }] || (flags & ~TextFlags) != 0)
        {
            return Wrong("has a comparison of text that is none: use members of TextComparison");
        }

        bool isTrimmed = (flags & 1) != 0;
        const string Flag = "global::DbMove.TextComparison.";
        return new(isTrimmed ? ComparisonKind.TrimmedText : ComparisonKind.Text)
        {
            Argument = flags switch { 0 => Flag + "Ordinal", 1 => Flag + "Trimmed", 2 => Flag + "IgnoreCase", _ => Flag + "Trimmed | " + Flag + "IgnoreCase" },
            Idle = flags == 0 ? "everything in the text counts" : null,
        };
    }

    private static ComparisonShape FindOwn(AttributeData policy, ITypeSymbol type)
    {
        if (policy.AttributeClass?.TypeArguments[0] is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } comparer)
        {
            return WrongComparer("has a [CompareWith] that names no class or struct");
        }

        if (!ConverterShape.IsVisible(comparer))
        {
            return WrongComparer($"has the comparer '{comparer.Name}', which the assembly does not see: make it internal or public");
        }

        bool compares = comparer.AllInterfaces.Any(contract =>
            contract.HasMetadataName(AttributeNames.ValueComparer) && SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], type));
        return compares
            ? new(ComparisonKind.Own) { Comparer = comparer }
            : WrongComparer($"has the comparer '{comparer.Name}', which must implement IValueComparer<{type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}>");
    }

    private static bool IsText(StorageShape storage) => storage is { Type: ColumnType.String, IsText: false, Json: null, Element: null };

    private static bool TicksType(StorageShape storage) =>
        storage.Type is ColumnType.DateTime or ColumnType.DateTimeOffset or ColumnType.TimeOnly or ColumnType.TimeSpan;

    private static ComparisonShape Wrong(string problem) => new(ComparisonKind.Value) { Problem = problem };

    private static ComparisonShape WrongComparer(string problem) => new(ComparisonKind.Value) { Problem = problem, IsProblemOfComparer = true };
}
