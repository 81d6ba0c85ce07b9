using Microsoft.CodeAnalysis.CSharp;
using static DbMove.Generators.Tests.Usage.Corpus.TextShape;

namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>The ways to write a text that the corpus has.</summary>
internal static class TextShapes
{
    public static IReadOnlyList<TextShape> Followed { get; } =
    [
        Shape("a literal", (text, table) => new Made(Literal(Full(text, table)))),
        Shape("a verbatim literal", (text, table) => new Made(Verbatim(Full(text, table)))),
        Shape("a raw literal", (text, table) => new Made(Raw(Full(text, table), "\"\"\""))),
        Shape("a constant of the method", (text, table) => new Made("sql", $"const string sql = {Literal(Full(text, table))};")),
        Shape("a constant of the class", (text, table) => new Made("Sql", Members: $"private const string Sql = {Literal(Full(text, table))};")),
        Shape("a static field", (text, table) => new Made("s_sql", Members: $"private static readonly string s_sql = {Literal(Full(text, table))};")),
        Shape("a constant of another file", (text, table) => new Made("Texts{n}.Sql", Elsewhere: $"public const string Sql = {Literal(Full(text, table))};")),
        Shape("a static field of another file", (text, table) => new Made("Texts{n}.Sql", Elsewhere: $"public static readonly string Sql = {Literal(Full(text, table))};")),
        Shape("a property", (text, table) => new Made("Sql", Members: $"private static string Sql => {Verbatim(Full(text, table))};")),
        Shape("a property of another file", (text, table) => new Made("Texts{n}.Sql", Elsewhere: $"public static string Sql {{ get; }} = {Literal(Full(text, table))};")),
        Shape("a method of one expression", (text, table) => new Made("Sql()", Members: $"private static string Sql() => {Literal(Full(text, table))};")),
        Shape("a local function", (text, table) => new Made("Sql()", $"string Sql() => {Literal(Full(text, table))};")),
        Shape("a local variable", (text, table) => new Made("sql", $"var sql = {Literal(Full(text, table))};")),
        Shape("a local variable by way of another", (text, table) => new Made("second", $"string first = {Literal(Full(text, table))}; var second = first;")),
        Shape("a local variable assigned in branches", (text, table) => new Made("sql", $"string sql; if (choice) {{ sql = \"SELECT 1\"; }} else {{ sql = {Literal(Full(text, table))}; }}")),
        Shape("a local variable that is added to", (text, table) => new Made("sql", $"string sql = {Literal(Full(text, table))}; if (choice) {{ sql += \" \" + input; }}")),
        Shape("a concatenation of constants", (text, table) => new Made(string.Join(" + Table + ", text.Split("{t}").Select(Literal)), $"const string Table = {Literal(table)};")),
        Shape("a concatenation over lines", (text, table) => new Made(string.Join("\n + ", Full(text, table).Split(' ').Select((word, index) => Literal((index == 0 ? "" : " ") + word))))),
        Shape("a concatenation with a value", (text, table) => new Made($"{Literal(Full(text, table))} + \" \" + input")),
        Shape("an interpolated string with the name in it", (text, table) => new Made("$" + Literal(text).Replace("{t}", "{Table}", StringComparison.Ordinal), $"const string Table = {Literal(table)};")),
        Shape("an interpolated string with the name of a variable in it", (text, table) => new Made("$" + Literal(text).Replace("{t}", "{table}", StringComparison.Ordinal), $"string table = {Literal(table)};")),
        Shape("an interpolated string with a value in it", (text, table) => new Made("$" + Literal(Full(text, table) + " {v}").Replace("{v}", "{input}", StringComparison.Ordinal))),
        Shape("an interpolated raw string", (text, table) => new Made(Raw(Full(text, table) + " {{input}}", "\"\"\"").Insert(0, "$$"))),
        Shape("one of two", (text, table) => new Made($"choice ? {Literal(Full(text, table))} : \"SELECT 1\"")),
        Shape("one of several", (text, table) => new Made($"ids.Length switch {{ 0 => \"SELECT 0\", 1 => \"SELECT 1\", _ => {Literal(Full(text, table))} }}")),
        Shape("string.Format", (text, table) => new Made($"string.Format({Literal(text).Replace("{t}", "{0}", StringComparison.Ordinal)}, {Literal(table)})")),
        Shape("string.Concat", (text, table) => new Made($"string.Concat({string.Join($", {Literal(table)}, ", text.Split("{t}").Select(Literal))}, input)")),
        Shape("string.Join", (text, table) => new Made($"string.Join(\" \", {string.Join(", ", Full(text, table).Split(' ').Select(Literal))})")),
        Shape("Replace", (text, table) => new Made($"{Literal(text).Replace("{t}", "@@table", StringComparison.Ordinal)}.Replace(\"@@table\", {Literal(table)})")),
        Shape("a StringBuilder", (text, table) => new Made("builder.ToString()", $"var builder = new System.Text.StringBuilder({Literal(text[..text.IndexOf("{t}", StringComparison.Ordinal)])}); builder.Append({Literal(table)}).Append({Literal(text[(text.IndexOf("{t}", StringComparison.Ordinal) + 3)..].Replace("{t}", table, StringComparison.Ordinal))}); builder.Append(' ').AppendLine(input);")),
        Shape("an element of an array", (text, table) => new Made("s_all[ids.Length]", Members: $"private static readonly string[] s_all = [\"SELECT 1\", {Literal(Full(text, table))}];")),
        Shape("one of a loop", (text, table) => new Made("one", $"string one = \"\"; foreach (string each in new List<string> {{ \"SELECT 1\", {Literal(Full(text, table))} }}) {{ one = each; }}")),
        Shape("a method of several statements", (text, table) => new Made("Sql(ids)", Members: $"private static string Sql(int[] ids) {{ if (ids.Length == 0) {{ return \"SELECT 1\"; }} return {Literal(Full(text, table))}; }}")),
        Shape("a trimmed literal", (text, table) => new Made($"{Verbatim("\n    " + Full(text, table) + "\n")}.Trim()")),
    ];

    public static IReadOnlyList<TextShape> NotFollowed { get; } =
    [
        new("a value of a dictionary", false, (text, table) => new Made("s_all[\"all\"]", Members: $"private static readonly Dictionary<string, string> s_all = new() {{ [\"all\"] = {Literal(Full(text, table))} }};")),
        new("a field that a constructor or a method sets", false, (text, table) => new Made("_sql", Members: $"private string _sql = \"\"; public Case{{n}}() => _sql = {Literal(Full(text, table))};")),
        new("a text that goes through a parameter", false, (text, table) => new Made($"Given({Literal(Full(text, table))})", Members: "private static string Given(string sql) => sql;")),
    ];

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static TextShape Shape(string name, Func<string, string, Made> make) => new(name, true, make);

    private static string Full(string text, string table) => text.Replace("{t}", table, StringComparison.Ordinal);

    private static string Verbatim(string text) => "@\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Raw(string text, string quotes) => quotes + "\n" + text + "\n" + quotes;
}
