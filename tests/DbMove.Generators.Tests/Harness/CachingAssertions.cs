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
        Assert.Null(result.Exception);
        foreach (string step in s_steps)
        {
            Assert.All(Reasons(result, step), reason => Assert.True(IsOld(reason), $"{step} is {reason}."));
        }

        Assert.All(
            result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.True(output.Reason == IncrementalStepRunReason.Cached, $"A source output is {output.Reason}."));
    }

    /// <summary>One entity changed: it is parsed and emitted anew, the registrations are not.</summary>
    public static void IsModified(GeneratorRunResult result)
    {
        Assert.Null(result.Exception);
        Assert.Single(Reasons(result, TrackingNames.Entities), IncrementalStepRunReason.Modified);
        Assert.Single(Reasons(result, TrackingNames.ValidEntities), IncrementalStepRunReason.Modified);
        Assert.Single(Reasons(result, TrackingNames.Outputs), IncrementalStepRunReason.Modified);
        Assert.All(Reasons(result, TrackingNames.Registrations), reason => Assert.True(IsOld(reason), $"Registrations is {reason}."));
    }

    private static bool IsOld(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out var steps) ? steps.SelectMany(run => run.Outputs).Select(output => output.Reason) : [];
}
