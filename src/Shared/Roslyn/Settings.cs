using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Roslyn;

/// <summary>What a project says to the generator and the analyzers, in <c>.editorconfig</c> or as properties of the build (docs/settings.md).</summary>
internal static class Settings
{
    /// <summary>In <c>.editorconfig</c>: whether DBM1020 says what is generated.</summary>
    public const string ReportGenerated = "dbmove_report_generated";

    /// <summary>The same as a property of the project; <c>.editorconfig</c> has the last word.</summary>
    public const string ReportGeneratedProperty = "DbMoveReportGenerated";

    public const string PublishAot = "PublishAot";

    public const string IsAotCompatible = "IsAotCompatible";

    /// <summary>The properties that the package makes visible; a test holds its props to them.</summary>
    public static IReadOnlyList<string> Properties { get; } = [ReportGeneratedProperty, IsAotCompatible, PublishAot];

    /// <summary>A property of the project; null when it is neither true nor false.</summary>
    public static bool? Property(AnalyzerConfigOptionsProvider options, string name) => Read(options.GlobalOptions, "build_property." + name);

    /// <summary>A setting for a file; null when it is neither true nor false.</summary>
    public static bool? OfFile(AnalyzerConfigOptionsProvider options, SyntaxTree file, string name) => Read(options.GetOptions(file), name);

    private static bool? Read(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue(name, out string? text) && bool.TryParse(text, out bool value) ? value : null;
}
