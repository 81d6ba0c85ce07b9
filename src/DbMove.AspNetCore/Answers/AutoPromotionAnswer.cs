namespace DbMove.AspNetCore.Answers;

/// <summary>The next auto-promotion, as the process that answers counts.</summary>
internal sealed record AutoPromotionAnswer(
    string To, string State, double OpenForSeconds, double? HasBeenOpenForSeconds, DateTimeOffset? PromotesAt, string Detail)
{
    public static AutoPromotionAnswer Of(AutoPromotionStatus status) => new(
        status.To.ToWireName(), WireNames.Of(status.State), status.OpenFor.TotalSeconds, status.HasBeenOpenFor?.TotalSeconds, status.PromotesAt, status.Detail);
}
