using DbMove.Dialects;

namespace DbMove.Scheduling;

/// <summary>What an exception of an engine means, whichever side threw it.</summary>
internal static class MigrationFailures
{
    /// <summary>Whether the same again, later, may succeed.</summary>
    public static bool IsPassing(this MigrationContext context, Exception exception) =>
        exception is StageUnknownException or DatabaseUnavailableException
        || context.FailureOf(exception) is FailureKind.Transient or FailureKind.Availability or FailureKind.UnknownOutcome;

    /// <summary>Whether it is the data's fault: the same again fails again.</summary>
    public static bool IsData(this MigrationContext context, Exception exception) =>
        context.FailureOf(exception) is FailureKind.Data or FailureKind.ForeignKey or FailureKind.UniqueClash;

    /// <summary>Runs what asks both sides, and turns a side that is out of reach into the exception that says which.</summary>
    public static async Task<T> TranslateAsync<T>(this MigrationContext context, Func<Task<T>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception exception) when (context.FailureOf(exception) is FailureKind.Availability)
        {
            Side side = context.Database(Side.Target).Classify(exception) is FailureKind.Availability && context.Database(Side.Source).Classify(exception) is not FailureKind.Availability
                ? Side.Target
                : context.Stage.Last?.Follower ?? Side.Source;
            throw new DatabaseUnavailableException(side, $"A side of migration '{context.Name}' is out of reach: {exception.Message}", exception);
        }
    }

    /// <inheritdoc cref="TranslateAsync{T}"/>
    public static Task TranslateAsync(this MigrationContext context, Func<Task> run) => context.TranslateAsync(async () =>
    {
        await run().ConfigureAwait(false);
        return true;
    });
}
