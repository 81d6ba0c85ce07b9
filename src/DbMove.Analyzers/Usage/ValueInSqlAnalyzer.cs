using DbMove.Analyzers.Usage.Sinks;
using DbMove.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2010: A write through DbMove whose text has values in it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValueInSqlAnalyzer() : SqlSinkAnalyzer(s_rule, static operation => AdoNetSinks.Find(operation) ?? DapperSinks.Find(operation), isDualWrite: true, AdoNetSinks.Kinds)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2010",
        "A write must have its values in parameters",
        "This {1} of '{2}', the table of '{0}', has a value in its text that is not known at compile time: it can be made to say something else, and each text is read anew; use a parameter",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2010"));

    private protected override bool IsWrong(string text)
    {
        for (int at = text.IndexOf(SqlTokenizer.Hole); at >= 0; at = text.IndexOf(SqlTokenizer.Hole, at + 1))
        {
            // The end of a parameter's name (@p0, @p1) is no value: there is no other way to write a list of them.
            int before = at - 1;
            while (before >= 0 && (char.IsLetterOrDigit(text[before]) || text[before] == '_'))
            {
                before--;
            }

            if (before < 0 || text[before] is not ('@' or ':' or '$'))
            {
                return true;
            }
        }

        return false;
    }
}
