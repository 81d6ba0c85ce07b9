namespace DbMove.AspNetCore.Answers;

/// <summary>Where the reads of the process that answers go.</summary>
internal sealed record ReadsAnswer(int TargetPercentage, bool IsTargetRead, string Detail, RampAnswer Ramp, int ShadowPercentage, ShadowAnswer Shadow)
{
    public static ReadsAnswer Of(ReadStatus status) => new(
        status.TargetPercentage, status.IsTargetRead, status.Detail, RampAnswer.Of(status.Ramp), status.ShadowPercentage, ShadowAnswer.Of(status.Shadow));
}
