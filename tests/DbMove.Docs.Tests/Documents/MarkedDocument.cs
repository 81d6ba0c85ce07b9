using System.Text;

namespace DbMove.Docs.Tests.Documents;

/// <summary>
/// A Markdown document whose fenced blocks are kept equal to what they show. A block belongs to the marker on the line
/// before it: <c>&lt;!-- kind:name --&gt;</c>. Blocks are rewritten only with DBMOVE_UPDATE_GOLDEN=1, and never in CI.
/// </summary>
internal static class MarkedDocument
{
    private const string Fence = "```";

    private static bool IsUpdating { get; } =
        Environment.GetEnvironmentVariable("DBMOVE_UPDATE_GOLDEN") == "1"
        && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Compares a document with what its blocks must hold; no block may be missing, unknown or, of these languages, unmarked.</summary>
    public static void Verify(string path, IReadOnlyDictionary<string, string> blocks, params string[] markedLanguages)
    {
        string document = File.ReadAllText(path);
        List<string> markers = [];
        string expected = Render(document, blocks, markers, markedLanguages);

        Assert.Equal(blocks.Keys.Order(StringComparer.Ordinal), markers.Order(StringComparer.Ordinal));
        if (!IsUpdating)
        {
            Assert.Equal(expected, document);
            return;
        }

        File.WriteAllText(path, expected);
        Assert.Fail("The document's blocks were rewritten: review them, then run without DBMOVE_UPDATE_GOLDEN.");
    }

    private static string Render(string document, IReadOnlyDictionary<string, string> blocks, List<string> markers, string[] markedLanguages)
    {
        StringBuilder rendered = new();
        string? marker = null;
        string[] lines = document.TrimEnd('\n').Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            rendered.Append(lines[index]).Append('\n');
            if (lines[index].StartsWith(Fence, StringComparison.Ordinal))
            {
                int end = Array.IndexOf(lines, Fence, index + 1);
                Assert.True(end > 0, $"The block in line {index + 1} has no end.");
                if (marker is null)
                {
                    Assert.False(markedLanguages.Contains(lines[index][Fence.Length..]), $"The block in line {index + 1} has no marker, so nothing keeps it true.");
                    rendered.AppendJoin('\n', lines[(index + 1)..end]).Append('\n');
                }
                else
                {
                    Assert.True(blocks.TryGetValue(marker, out string? text), $"Nothing is known of the marker '{marker}' in line {index}.");
                    markers.Add(marker);
                    rendered.Append(text.TrimEnd('\n')).Append('\n');
                }

                rendered.Append(Fence).Append('\n');
                index = end;
            }

            marker = lines[index].StartsWith("<!-- ", StringComparison.Ordinal) && lines[index].EndsWith(" -->", StringComparison.Ordinal) ? lines[index][5..^4] : null;
        }

        return rendered.ToString();
    }
}
