using System.Reflection;

namespace DbMove.Generators.Tests.Harness;

/// <summary>Folders of the repository that tests read.</summary>
internal static class Folders
{
    public static string Golden { get; } = Path.Combine(Metadata("ProjectDirectory"), "Golden");

    public static string Diagnostics { get; } = Path.Combine(Metadata("RepositoryRoot"), "docs", "diagnostics");

    public static string Documents { get; } = Path.Combine(Metadata("RepositoryRoot"), "docs");

    private static string Metadata(string key) =>
        typeof(Folders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
