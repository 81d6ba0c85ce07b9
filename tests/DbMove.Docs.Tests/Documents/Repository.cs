using System.Reflection;

namespace DbMove.Docs.Tests.Documents;

/// <summary>Folders of the repository that tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Shop { get; } = Path.Combine(Metadata("ProjectDirectory"), "Shop");

    /// <summary>Where the compiler left what the generator made for this very project.</summary>
    public static string GeneratedFiles { get; } = Metadata("GeneratedFiles");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
