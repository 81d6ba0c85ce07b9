using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Configuration;

/// <summary>A type of a package, some methods of which cannot run under Native AOT.</summary>
/// <param name="Name">The package.</param>
/// <param name="Type">The type's metadata name.</param>
/// <param name="Methods">Those of its methods; none: all of them.</param>
/// <param name="Reason">Why they cannot.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Substitute">The assembly beside which they can; null: none is known.</param>
internal sealed record ReflectingPackage(string Name, string Type, string[] Methods, string Reason, string Remedy, string? Substitute = null)
{
    private const string Reflects = "reflects on types that are trimmed away";

    private const string UseSystemText = "write JSON with System.Text.Json and a generated JsonSerializerContext";

    /// <summary>The packages whose authors, or the documentation of .NET, say that they do not support Native AOT.</summary>
    public static IReadOnlyList<ReflectingPackage> All { get; } =
    [
        new("Dapper", "Dapper.SqlMapper", [], "emits code at run time, which Native AOT cannot", "read through the repository of DbMove or plain ADO.NET, or add Dapper.AOT", "Dapper.AOT"),
        new("Newtonsoft.Json", "Newtonsoft.Json.JsonConvert", ["SerializeObject", "DeserializeObject", "DeserializeAnonymousType", "PopulateObject"], Reflects, UseSystemText),
        new("Newtonsoft.Json", "Newtonsoft.Json.JsonSerializer", ["Serialize", "Deserialize", "Populate"], Reflects, UseSystemText),
    ];

    /// <summary>Whether a call of the method fails there, and nobody else says so: a method that is annotated is reported by the SDK (IL3050, IL2026).</summary>
    public bool Has(IMethodSymbol method) =>
        (Methods.Length == 0 || Methods.Contains(method.Name))
        && !IsAnnotated(method.OriginalDefinition)
        && !IsAnnotated(method.ContainingType);

    private static bool IsAnnotated(ISymbol symbol) =>
        symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "RequiresDynamicCodeAttribute" or "RequiresUnreferencedCodeAttribute");
}
