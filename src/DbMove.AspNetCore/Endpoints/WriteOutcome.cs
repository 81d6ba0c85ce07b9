namespace DbMove.AspNetCore.Endpoints;

/// <summary>What a write did.</summary>
/// <param name="Text">In words, for the log, which has it before the caller does.</param>
/// <param name="AnswerAsync">Writes the answer.</param>
internal sealed record WriteOutcome(string Text, Func<Task> AnswerAsync);
