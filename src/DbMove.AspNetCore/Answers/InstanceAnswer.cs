namespace DbMove.AspNetCore.Answers;

/// <summary>One instance of the service.</summary>
internal sealed record InstanceAnswer(
    string Id, string Label, string? Stage, long Epoch, DateTimeOffset StartedAt, double SeenSecondsAgo, bool IsAlive, bool IsLeader, bool IsSelf)
{
    public static InstanceAnswer Of(MigrationInstance instance) => new(
        instance.Id, instance.Label, instance.Stage?.ToWireName(), instance.Epoch, instance.StartedAt, instance.SeenAgo.TotalSeconds, instance.IsAlive, instance.IsLeader,
        instance.IsSelf);
}
