namespace DbMove.Analyzers;

/// <summary>The categories of rules, as the release notes name them.</summary>
internal static class Category
{
    public const string Declaration = "DbMove.Declaration";
    public const string Usage = "DbMove.Usage";
    public const string Configuration = "DbMove.Configuration";
}
