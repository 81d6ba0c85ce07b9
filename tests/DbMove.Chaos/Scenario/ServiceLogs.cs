namespace DbMove.Chaos.Scenario;

/// <summary>What the services logged, counted.</summary>
internal static class ServiceLogs
{
    public static IEnumerable<string> Summarize(string folder)
    {
        string[][] lines = [.. Directory.EnumerateFiles(folder, "*.log").SelectMany(File.ReadLines).Select(line => line.Split(' ', 4)).Where(parts => parts.Length == 4)];
        foreach (var kind in lines.Where(parts => parts[1] is not "Information").GroupBy(parts => (Level: parts[1], Id: parts[2])).OrderBy(kind => kind.Key))
        {
            string first = kind.First()[3];
            yield return $"log: {kind.Count(),6} x {kind.Key.Level} {kind.Key.Id}: {first[..Math.Min(first.Length, 160)]}";
        }
    }

    /// <summary>Errors beyond the unknown outcomes (1101), which the run is about.</summary>
    public static IEnumerable<string> Errors(string folder) =>
        Directory.EnumerateFiles(folder, "*.log").SelectMany(File.ReadLines).Where(line => line.Split(' ', 3) is [_, "Error" or "Critical", var rest] && !rest.StartsWith("1101 ", StringComparison.Ordinal));
}
