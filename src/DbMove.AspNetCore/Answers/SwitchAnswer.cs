namespace DbMove.AspNetCore.Answers;

/// <summary>What a switch did.</summary>
internal sealed record SwitchAnswer(
    string Migration, string Stage, long Epoch, string From, string To, bool Changed, bool DryRun, double WritePauseSeconds, GateAnswer Gate)
{
    public static SwitchAnswer Of(string migration, SwitchResult result, bool isDryRun) => new(
        migration, (result.Changed ? result.To : result.From).ToWireName(), result.Epoch, result.From.ToWireName(), result.To.ToWireName(), result.Changed, isDryRun,
        result.WritePause.TotalSeconds, GateAnswer.Of(result.Gate));
}
