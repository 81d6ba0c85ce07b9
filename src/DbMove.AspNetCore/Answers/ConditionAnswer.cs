namespace DbMove.AspNetCore.Answers;

/// <summary>One condition of a gate.</summary>
internal sealed record ConditionAnswer(string Name, bool IsMet, string Detail)
{
    public static IReadOnlyList<ConditionAnswer> Of(GateReport gate) =>
        [.. gate.Conditions.Select(condition => new ConditionAnswer(condition.Name, condition.IsMet, condition.Detail))];
}
