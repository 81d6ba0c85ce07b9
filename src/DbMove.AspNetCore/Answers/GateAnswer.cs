namespace DbMove.AspNetCore.Answers;

/// <summary>The gate of one switch.</summary>
internal sealed record GateAnswer(string From, string To, bool IsOpen, IReadOnlyList<ConditionAnswer> Conditions)
{
    public static GateAnswer Of(GateReport gate) => new(gate.From.ToWireName(), gate.To.ToWireName(), gate.IsOpen, ConditionAnswer.Of(gate));
}
