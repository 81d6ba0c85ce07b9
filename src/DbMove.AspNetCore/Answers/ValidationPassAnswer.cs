namespace DbMove.AspNetCore.Answers;

/// <summary>The newest full pass of any process. Which servers it compared is not shown: that is an address.</summary>
internal sealed record ValidationPassAnswer(
    string Run, string State, long Epoch, bool FollowsBackfill, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long RowsCompared, long Differences,
    long Undecided, string Detail)
{
    public static ValidationPassAnswer Of(ValidationPass pass) => new(
        pass.Run, WireNames.Of(pass.State), pass.Epoch, pass.FollowsBackfill, pass.StartedAt, pass.FinishedAt, pass.RowsCompared, pass.Differences, pass.Undecided,
        pass.Detail);
}
