namespace DbMove.AspNetCore.Answers;

/// <summary>Events that are not dealt with.</summary>
internal sealed record EventsAnswer(long Open, int Dead);
