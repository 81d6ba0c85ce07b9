using System.Collections.Immutable;
using DbMove.Generators.Model;

namespace DbMove.Generators.Parsing;

/// <summary>Which methods are written into one file: those of one repository.</summary>
internal static class MethodFiles
{
    /// <summary>The files. Repositories may have names that differ in case alone, which files may not: the later ones get a number.</summary>
    public static IEnumerable<MethodFileModel> Group(ImmutableArray<MethodModel> methods)
    {
        Dictionary<string, int> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, MethodModel> file in methods.GroupBy(static method => method.HintPrefix, StringComparer.Ordinal).OrderBy(static file => file.Key, StringComparer.Ordinal))
        {
            names[file.Key] = names.TryGetValue(file.Key, out int before) ? before + 1 : 1;
            string prefix = names[file.Key] == 1 ? file.Key : $"{file.Key}.{names[file.Key]}";
            yield return new MethodFileModel(new([.. file.Select(method => method with { HintPrefix = prefix })]));
        }
    }
}
