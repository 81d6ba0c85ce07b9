using System.Globalization;
using System.Text;

namespace DbMove.Generators.Parsing;

/// <summary>Names of files, short enough to be written to a disk (<c>EmitCompilerGeneratedFiles</c>), where 255 bytes are the limit.</summary>
internal static class FileNames
{
    private const int Limit = 200;

    /// <summary>The name itself, or its beginning and a hash of the whole, which keeps it unique.</summary>
    public static string Fit(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= Limit)
        {
            return name;
        }

        ulong hash = 14695981039346656037;
        foreach (char letter in name)
        {
            hash = unchecked((hash ^ char.ToUpperInvariant(letter)) * 1099511628211);
        }

        // A char takes three bytes at most, and half of a pair must not be left at the end.
        int length = Math.Min(name.Length, 60);
        length -= char.IsHighSurrogate(name[length - 1]) ? 1 : 0;
        return name.Substring(0, length) + "_" + hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
