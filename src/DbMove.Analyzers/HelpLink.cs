namespace DbMove.Analyzers;

/// <summary>Where a rule is explained.</summary>
internal static class HelpLink
{
    /// <summary>The page of a rule: its address is made from its id.</summary>
    public static string For(string id) => "https://github.com/dbmove/dbmove/blob/main/docs/diagnostics/" + id + ".md";
}
