namespace DbMove.Docs.Tests.Documents;

/// <summary>
/// Parts of source files between <c>// kind:name</c> and <c>// kind:end</c>, of scripts between <c># kind:name</c> and
/// <c># kind:end</c>, without their common indentation.
/// </summary>
internal static class MarkedSource
{
    /// <summary>Every part of this kind in the folder, by <c>kind:name</c>.</summary>
    public static Dictionary<string, string> Read(string folder, string kind)
    {
        Dictionary<string, string> parts = [];
        foreach ((string path, string comment) in Directory.GetFiles(folder, "*.cs").Select(path => (path, "// ")).Concat(Directory.GetFiles(folder, "*.sh").Select(path => (path, "# "))))
        {
            List<string>? part = null;
            string name = "";
            foreach (string line in File.ReadLines(path))
            {
                string trimmed = line.Trim();
                if (trimmed == $"{comment}{kind}:end")
                {
                    parts.Add(name, Dedent(part ?? throw new InvalidOperationException($"{path}: a part ends that did not begin.")));
                    part = null;
                }
                else if (trimmed.StartsWith($"{comment}{kind}:", StringComparison.Ordinal))
                {
                    name = trimmed[comment.Length..];
                    part = [];
                }
                else if (!trimmed.EndsWith($"{kind}:skip", StringComparison.Ordinal))
                {
                    part?.Add(line);
                }
            }

            Assert.True(part is null, $"{path}: the part '{name}' has no end.");
        }

        return parts;
    }

    private static string Dedent(List<string> lines)
    {
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : ""));
    }
}
