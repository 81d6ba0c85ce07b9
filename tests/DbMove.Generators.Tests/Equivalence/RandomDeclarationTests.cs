using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Generators.Tests.Equivalence;

/// <summary>
/// Over random declarations: an entity is generated exactly when no analyzer reports an error for it; what is generated
/// compiles without a warning; and what is emitted for the others leaves no error at a declaration, since such an error
/// would keep the compiler from running the analyzers.
/// </summary>
public sealed class RandomDeclarationTests
{
    private const int PerBatch = 60;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Generated_exactly_when_no_error_is_reported(int batch)
    {
        List<string> failures = [];
        int right = 0;
        int wrong = 0;
        for (int seed = batch * PerBatch; seed < (batch + 1) * PerBatch; seed++)
        {
            string source = new RandomDeclaration(seed).Text();
            GeneratorRun run = GeneratorRun.StartUnchecked(source);
            Assert.Null(run.Result.Exception);
            if (Errors(run.Input.GetDiagnostics(TestContext.Current.CancellationToken)).Any())
            {
                // Not C#, whatever DbMove does.
                continue;
            }

            ImmutableArray<Diagnostic> errors = [.. Errors(await AnalyzerRun.DiagnoseErrorsAsync(run.Output))];
            ImmutableArray<Diagnostic> compiler = run.Output.GetDiagnostics(TestContext.Current.CancellationToken);
            if (Errors(compiler).Any() || compiler.Any(IsInGenerated))
            {
                failures.Add(Explain(seed, source, compiler));
            }

            foreach (string entity in Entities(run.Input))
            {
                bool isGenerated = run.Files.Any(file => file.HintName.EndsWith(entity + ".Map.g.cs", StringComparison.Ordinal));
                bool isReported = errors.Any(error => IsAbout(error, entity));
                if (isGenerated == isReported)
                {
                    failures.Add($"{entity}: generated {isGenerated}. {Explain(seed, source, errors)}");
                }

                right += isGenerated ? 1 : 0;
                wrong += isGenerated ? 0 : 1;
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        // Both kinds must be there in numbers, or nothing is proved.
        Assert.True(right > PerBatch / 10 && wrong > PerBatch / 4, $"{right} right, {wrong} wrong");
    }

    private static IEnumerable<string> Entities(Compilation input) =>
        input.SyntaxTrees.SelectMany(tree => tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes())
            .OfType<TypeDeclarationSyntax>()
            .Where(type => type.AttributeLists.ToString().Contains("Migratable", StringComparison.Ordinal))
            .Select(type => type.Identifier.ValueText);

    private static bool IsAbout(Diagnostic error, string entity)
    {
        string message = error.GetMessage(null);
        return message.StartsWith($"'{entity}'", StringComparison.Ordinal)
            || message.StartsWith($"'{entity}.", StringComparison.Ordinal)
            || message.Contains($"of '{entity}'", StringComparison.Ordinal)
            || message.Contains($"for '{entity}'", StringComparison.Ordinal);
    }

    private static bool IsInGenerated(Diagnostic diagnostic) =>
        diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static IEnumerable<Diagnostic> Errors(ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static string Explain(int seed, string source, ImmutableArray<Diagnostic> diagnostics) =>
        $"Seed {seed}:\n{source}\n{string.Join('\n', diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || IsInGenerated(diagnostic)))}";
}
