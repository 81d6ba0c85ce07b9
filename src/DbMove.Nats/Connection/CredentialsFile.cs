namespace DbMove.Nats.Connection;

/// <summary>A user's JWT and seed, in the file that nsc makes.</summary>
internal static class CredentialsFile
{
    /// <summary>What is wrong with the file, without repeating it; null: nothing.</summary>
    public static string? Check(string path)
    {
        try
        {
            Read(path);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            return exception is FormatException ? exception.Message : File.Exists(path) ? "cannot be read" : "does not exist";
        }
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="FormatException">It is none; the message does not repeat it.</exception>
    public static (string Jwt, string Seed) Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        if (Section(lines, "USER JWT") is not { } jwt || Section(lines, "USER NKEY SEED") is not { } seed)
        {
            throw new FormatException("is no credentials file: it needs a section USER JWT and a section USER NKEY SEED");
        }

        return NKeySeed.DefectOf(seed) is { } defect ? throw new FormatException($"has a seed that {defect}") : (jwt, seed);
    }

    // "-----BEGIN NATS USER JWT-----", the value in the line below; "NATS" is left out before the seed.
    private static string? Section(string[] lines, string title)
    {
        int begin = Array.FindIndex(lines, line => line.Contains("BEGIN", StringComparison.Ordinal) && line.Contains(title, StringComparison.Ordinal));
        return begin >= 0 && lines.Skip(begin + 1).Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) is { } value && !value.StartsWith('-') ? value : null;
    }
}
