namespace Quickstart.Control;

/// <summary>What a switch came to; with a refusal the stage is what it was.</summary>
internal sealed record SwitchOutcome(long Epoch, TimeSpan WritePause, string? Refusal = null)
{
    public static SwitchOutcome Refused(string why) => new(0, TimeSpan.Zero, why);
}
