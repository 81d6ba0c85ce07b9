namespace DbMove.Generators.Tests.Harness;

/// <summary>
/// Compares generated files with the golden ones in a case's folder. A missing or left-over golden file is a failure.
/// They are rewritten only with DBMOVE_UPDATE_GOLDEN=1, and never in CI.
/// </summary>
internal static class GoldenFile
{
    private static readonly string s_version = typeof(MigratableGenerator).Assembly.GetName().Version!.ToString(3);

    public static bool IsUpdating { get; } =
        Environment.GetEnvironmentVariable("DBMOVE_UPDATE_GOLDEN") == "1"
        && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public static void Verify(string folder, IReadOnlyDictionary<string, string> files)
    {
        string[] present = [.. Directory.GetFiles(folder, "*.g.cs").Select(path => Path.GetFileName(path)!)];
        if (IsUpdating)
        {
            foreach (string stale in present.Except(files.Keys))
            {
                File.Delete(Path.Combine(folder, stale));
            }

            foreach ((string name, string text) in files)
            {
                File.WriteAllText(Path.Combine(folder, name), Normalize(text));
            }

            return;
        }

        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), present.Order(StringComparer.Ordinal));
        foreach ((string name, string text) in files)
        {
            Assert.Equal(File.ReadAllText(Path.Combine(folder, name)), Normalize(text));
        }
    }

    // The version would change every file at every release.
    private static string Normalize(string text) =>
        text.Replace($"\"DbMove.Generators\", \"{s_version}\"", "\"DbMove.Generators\", \"{version}\"", StringComparison.Ordinal);
}
