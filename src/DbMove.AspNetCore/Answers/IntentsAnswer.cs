namespace DbMove.AspNetCore.Answers;

/// <summary>The open intents on the authority.</summary>
internal sealed record IntentsAnswer(long Open, double OldestAgeSeconds, long Parked)
{
    public static IntentsAnswer Of(IntentSummary intents) => new(intents.Open, intents.OldestAge.TotalSeconds, intents.Parked);
}
