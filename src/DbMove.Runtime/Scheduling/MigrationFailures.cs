using DbMove.Dialects;

namespace DbMove.Scheduling;

/// <summary>What an exception of an engine means, whichever side threw it.</summary>
internal static class MigrationFailures
{
    /// <summary>Whether the same again, later, may succeed.</summary>
    public static bool IsPassing(this MigrationContext context, Exception exception) =>
        exception is StageUnknownException
        || context.FailureOf(exception) is FailureKind.Transient or FailureKind.Availability or FailureKind.UnknownOutcome;

    /// <summary>Whether it is the data's fault: the same again fails again.</summary>
    public static bool IsData(this MigrationContext context, Exception exception) =>
        context.FailureOf(exception) is FailureKind.Data or FailureKind.ForeignKey or FailureKind.UniqueClash;
}
