using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Harness;

/// <summary>What a second run of the driver must not have made anew.</summary>
internal static class CachingAssertions
{
    private static readonly string[] s_steps =
    [
        TrackingNames.Entities, TrackingNames.Repositories, TrackingNames.ValidEntities, TrackingNames.Outlines, TrackingNames.Outputs, TrackingNames.Methods, TrackingNames.MethodOutputs, TrackingNames.Registrations,
    ];

    /// <summary>Every step gave what it had given, and no source was produced again.</summary>
    public static void IsCached(GeneratorRunResult result)
    {
        IsOld(result, s_steps);
        Assert.All(
            result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.True(output.Reason == IncrementalStepRunReason.Cached, $"A source output is {output.Reason}."));
    }

    /// <summary>One entity changed: it is parsed and emitted anew, the registrations are not.</summary>
    public static void IsModified(GeneratorRunResult result)
    {
        AreModified(result, TrackingNames.Entities, TrackingNames.ValidEntities, TrackingNames.Outputs);
        IsOld(result, TrackingNames.Registrations);
    }

    /// <summary>Each of these steps gave one new value, and no other step did.</summary>
    public static void AreAloneModified(GeneratorRunResult result, params string[] steps)
    {
        AreModified(result, steps);
        IsOld(result, [.. s_steps.Except(steps)]);
    }

    private static void AreModified(GeneratorRunResult result, params string[] steps)
    {
        Assert.Null(result.Exception);
        Assert.All(steps, step => Assert.Single(Reasons(result, step), IncrementalStepRunReason.Modified));
    }

    private static void IsOld(GeneratorRunResult result, params string[] steps)
    {
        Assert.Null(result.Exception);
        foreach (string step in steps)
        {
            IncrementalStepRunReason[] reasons = Reasons(result, step);

            // Of a step that is not tracked nothing could be said.
            Assert.True(reasons.Length > 0 || !IsNeeded(result, step), $"{step} gave nothing, or has lost its name.");
            Assert.All(reasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step} is {reason}."));
        }
    }

    /// <summary>Whether a step has given something: those that collect where there is anything at all, the others where a file tells of it.</summary>
    private static bool IsNeeded(GeneratorRunResult result, string step) => step switch
    {
        TrackingNames.Entities or TrackingNames.ValidEntities or TrackingNames.Outputs => Has(result, ".Map.g.cs"),
        TrackingNames.Methods or TrackingNames.MethodOutputs => Has(result, ".Sql.g.cs"),
        _ => result.GeneratedSources.Length > 0,
    };

    private static bool Has(GeneratorRunResult result, string suffix) => result.GeneratedSources.Any(file => file.HintName.EndsWith(suffix, StringComparison.Ordinal));

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out var steps) ? [.. steps.SelectMany(run => run.Outputs).Select(output => output.Reason)] : [];
}
