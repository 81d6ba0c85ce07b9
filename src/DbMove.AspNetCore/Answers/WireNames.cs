namespace DbMove.AspNetCore.Answers;

/// <summary>Names on the wire: fixed texts, so that a renamed member breaks no client.</summary>
internal static class WireNames
{
    public static string Of(BackfillState state) => state switch
    {
        BackfillState.Idle => "idle",
        BackfillState.Running => "running",
        BackfillState.Paused => "paused",
        BackfillState.Stopped => "stopped",
        BackfillState.Completed => "completed",
        _ => "failed",
    };

    public static string Of(ValidationState state) => state switch
    {
        ValidationState.Running => "running",
        ValidationState.Clean => "clean",
        ValidationState.Differences => "differences",
        ValidationState.Inconclusive => "inconclusive",
        ValidationState.Stopped => "stopped",
        _ => "failed",
    };

    public static string Of(AutoPromotionState state) => state switch
    {
        AutoPromotionState.Counting => "counting",
        AutoPromotionState.Held => "held",
        _ => "waiting",
    };

    public static string Of(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
