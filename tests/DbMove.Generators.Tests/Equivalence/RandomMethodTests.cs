using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.Equivalence;

/// <summary>
/// Over random <c>[Sql]</c> methods: a method gets a statement exactly when no analyzer reports an error for it, and what is generated
/// compiles without a warning, the repository's interface and its double included.
/// </summary>
public sealed class RandomMethodTests
{
    private const int PerBatch = 40;

    // Every fourth project has the other entity from an assembly that it refers to.
    private static readonly Lazy<CSharpCompilation> s_withLibrary = new(() => TestCompilation.CreateEmpty(RandomMethods.Usings + RandomMethods.Other));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_statement_is_generated_exactly_when_no_error_is_reported(int batch)
    {
        List<string> failures = [];
        int right = 0;
        int wrong = 0;
        for (int seed = batch * PerBatch; seed < (batch + 1) * PerBatch; seed++)
        {
            bool isElsewhere = seed % 4 == 1;
            string source = new RandomMethods(seed).Text(isElsewhere);
            GeneratorRun run = GeneratorRun.StartUnchecked((isElsewhere ? s_withLibrary.Value : TestCompilation.Create()).AddSyntaxTrees(TestCompilation.Parse([source])));
            Assert.Null(run.Result.Exception);

            // A partial method waits for the body that is generated; anything else would be a mistake in the source.
            Assert.Empty(Errors(run.Input.GetDiagnostics(TestContext.Current.CancellationToken)).Where(error => error.Id != "CS8795").Select(error => $"Seed {seed}: {error}"));
            ImmutableArray<Diagnostic> errors = [.. Errors(await AnalyzerRun.DiagnoseErrorsAsync(run.Output))];
            ImmutableArray<Diagnostic> compiler = [.. run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(IsFailure)];
            if (compiler.Length > 0)
            {
                failures.Add($"Seed {seed}:\n{source}\n{string.Join('\n', compiler)}");
            }

            string generated = string.Concat(run.Files.Where(file => file.HintName.EndsWith(".Sql.g.cs", StringComparison.Ordinal)).Select(file => file.SourceText.ToString()));
            for (int index = 0; index < RandomMethods.Count; index++)
            {
                bool isGenerated = generated.Contains($"OrderRepository.M{index}\",", StringComparison.Ordinal);
                ImmutableArray<Diagnostic> own = [.. errors.Where(error => error.GetMessage(null).Contains($"'OrderRepository.M{index}'", StringComparison.Ordinal))];
                if (isGenerated != own.IsEmpty)
                {
                    failures.Add($"Seed {seed}, M{index}: generated {isGenerated}.\n{source}\n{string.Join('\n', own)}");
                }

                right += isGenerated ? 1 : 0;
                wrong += isGenerated ? 0 : 1;
            }

            // No error is about anything but the methods: the entity is right.
            failures.AddRange(errors.Where(error => !error.GetMessage(null).Contains("OrderRepository.M", StringComparison.Ordinal)).Select(error => $"Seed {seed}: {error}"));
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        // Both kinds must be there in numbers, or nothing is proved.
        Assert.True(right > PerBatch * RandomMethods.Count / 4 && wrong > PerBatch * RandomMethods.Count / 4, $"{right} right, {wrong} wrong");
    }

    private static bool IsFailure(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);

    private static IEnumerable<Diagnostic> Errors(ImmutableArray<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
