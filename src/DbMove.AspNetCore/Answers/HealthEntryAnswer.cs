namespace DbMove.AspNetCore.Answers;

/// <summary>One thing that was looked at. What a driver said, and which server it is, is not shown.</summary>
internal sealed record HealthEntryAnswer(string Name, string Status, string Detail)
{
    public static HealthEntryAnswer Of(HealthEntry entry) => new(entry.Name, WireNames.Of(entry.Status), Describe(entry));

    private static string Describe(HealthEntry entry) => entry switch
    {
        { Failure: not null } => "failed or did not answer; the log says why",
        { Name: "source" or "target" } => "answers",
        _ => entry.Detail,
    };
}
