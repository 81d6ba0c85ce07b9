namespace DbMove.AspNetCore.Answers;

/// <summary>Where a migration stands.</summary>
internal sealed record StatusAnswer(
    string Migration, string Stage, long Epoch, string Authority, string? Follower, IntentsAnswer? Intents, BackfillAnswer Backfill, ValidationAnswer Validation,
    EventsAnswer? Events, GateAnswer? NextGate, AutoPromotionAnswer? AutoPromotion, IReadOnlyList<InstanceAnswer> Instances, ReadsAnswer? Reads)
{
    public static StatusAnswer Of(MigrationStatus status, ValidationProgress validation) => new(
        status.Name,
        status.Stage.ToWireName(),
        status.Epoch,
        status.Stage.Authority().ToWireName(),
        status.Stage.IsDual() ? status.Stage.Follower().ToWireName() : null,
        status.Intents is { } intents ? IntentsAnswer.Of(intents) : null,
        BackfillAnswer.Of(status.Backfill),
        new ValidationAnswer(FullValidationAnswer.Of(validation), status.Validation is { } pass ? ValidationPassAnswer.Of(pass) : null, status.IsIncremental),
        status.Events is { } events ? new EventsAnswer(events.Open, events.Dead) : null,
        status.NextGate is { } gate ? GateAnswer.Of(gate) : null,
        status.AutoPromotion is { } promotion ? AutoPromotionAnswer.Of(promotion) : null,
        [.. status.Instances.Select(InstanceAnswer.Of)],
        status.Reads is { } reads ? ReadsAnswer.Of(reads) : null);
}
