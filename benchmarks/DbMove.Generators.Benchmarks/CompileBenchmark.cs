using System.Collections.Immutable;
using System.Globalization;
using DbMove.Analyzers.Declaration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Generators.Benchmarks;

/// <summary>
/// How much longer a project of ordinary code takes to compile with DbMove's analyzers. "Ordinary": services with queries, commands and requests, on tables that are not
/// migrated; some entities are, so that no rule may give up at once.
/// </summary>
internal static class CompileBenchmark
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(EntityShapeAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static void Run(Options options, Report report)
    {
        (string Path, string Text)[] files = [.. OrdinaryCode.Files(options.Lines)];
        int lines = files.Sum(file => file.Text.Count(unit => unit == '\n') + 1);
        CSharpCompilation first = WithGenerated(Project.Create(files));
        Diagnostic[] wrong = [.. Compile(first, s_analyzers).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Id.StartsWith("DBM", StringComparison.Ordinal)))];
        if (wrong.Length > 0)
        {
            throw new InvalidOperationException("The measured project does not compile, or a rule reports ordinary code: " + wrong[0]);
        }

        Timing plain = new();
        Timing idle = new();
        Timing analyzed = new();
        foreach (int round in options.Rounds("compilation"))
        {
            Timing[] taken = round < 0 ? [new(), new(), new()] : [plain, idle, analyzed];
            taken[0].Run(() => Fresh(first).GetDiagnostics());
            taken[1].Run(() => Compile(Fresh(first), [new IdleAnalyzer()]));
            taken[2].Run(() => Compile(Fresh(first), s_analyzers));
        }

        (string Name, double Milliseconds)[] each = [.. Times(Fresh(first)).OrderByDescending(time => time.Milliseconds)];
        double sum = each.Sum(time => time.Milliseconds);
        double own = (analyzed.Median - idle.Median) / analyzed.Median;
        double all = (analyzed.Median - plain.Median) / analyzed.Median;
        report.Add("## The analyzers' share of the compile time");
        report.Add(
            $"{lines:N0} lines of ordinary code with EF Core, Dapper and Npgsql, {OrdinaryCode.Entities} migratable entities in them, and what is generated for those; all {s_analyzers.Length} analyzers. "
            + "The idle analyzer looks at every operation and does nothing: what a project pays for any analyzer of operations, as the SDK's own. Parsing and binding are in all three, writing the assembly in none. "
            + $"Medians of {plain.Count}, least to greatest.");
        report.Table(
            ["what", "time", "ratio to the compiler alone"],
            [
                ["compiler alone", plain.Text, "1"],
                ["with an idle analyzer", idle.Text, Report.Ratio(idle, plain)],
                ["with DbMove's analyzers", analyzed.Text, Report.Ratio(analyzed, plain)],
            ]);
        report.Add(string.Create(CultureInfo.InvariantCulture, $"Share of the compile time: **{own:P1}** beyond an idle analyzer, {all:P1} in a project that has no other analyzer."));
        report.Add("The dearest, by the driver's own measure in one more run, which costs time itself:");
        report.Table(
            ["analyzer", "share of all of them"],
            [.. each.Take(8).Select(time => new[] { time.Name, (time.Milliseconds / sum).ToString("P1", CultureInfo.InvariantCulture) })]);
        report.Line("the analyzers' share of the compile time, beyond an idle analyzer", own.ToString("0.000", CultureInfo.InvariantCulture), "", "");
        report.Line("the same in a project without any other analyzer", all.ToString("0.000", CultureInfo.InvariantCulture), "", "");
    }

    private static CSharpCompilation WithGenerated(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create([new MigratableGenerator().AsSourceGenerator()], parseOptions: Project.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return (CSharpCompilation)output;
    }

    // Parsed anew, as the compiler does; nothing that was bound before is left.
    private static CSharpCompilation Fresh(CSharpCompilation compilation) => compilation
        .RemoveAllSyntaxTrees()
        .AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => Project.Parse(tree.ToString(), tree.FilePath)));

    // Binds every body for the compiler and hands each to the analyzers, as a build does; only the assembly is not written.
    private static ImmutableArray<Diagnostic> Compile(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), OnFailure, concurrentAnalysis: true, logAnalyzerExecutionTime: false))
            .GetAllDiagnosticsAsync().GetAwaiter().GetResult();

    private static IEnumerable<(string Name, double Milliseconds)> Times(CSharpCompilation compilation)
    {
        AnalysisResult result = compilation.WithAnalyzers(s_analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), OnFailure, concurrentAnalysis: false, logAnalyzerExecutionTime: true))
            .GetAnalysisResultAsync(default).GetAwaiter().GetResult();
        return s_analyzers.Select(analyzer => (analyzer.GetType().Name, result.AnalyzerTelemetryInfo[analyzer].ExecutionTime.TotalMilliseconds));
    }

    private static void OnFailure(Exception exception, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException($"{analyzer.GetType().Name} failed.", exception);
}
