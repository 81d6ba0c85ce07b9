using System.Reflection;

namespace DbMove.Generators.Tests.Harness;

/// <summary>Folders of the repository that tests read.</summary>
internal static class Folders
{
    public static string Project { get; } = Metadata("ProjectDirectory");

    public static string Golden { get; } = Path.Combine(Project, "Golden");

    public static string Repository { get; } = Metadata("RepositoryRoot");

    public static string Analyzers { get; } = Path.Combine(Repository, "src", "DbMove.Analyzers");

    public static string Diagnostics { get; } = Path.Combine(Repository, "docs", "diagnostics");

    public static string Documents { get; } = Path.Combine(Repository, "docs");

    private static string Metadata(string key) =>
        typeof(Folders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
