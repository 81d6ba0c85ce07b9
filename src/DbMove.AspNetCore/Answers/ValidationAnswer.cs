namespace DbMove.AspNetCore.Answers;

/// <summary>Validation as a whole.</summary>
internal sealed record ValidationAnswer(FullValidationAnswer Full, ValidationPassAnswer? LastPass, bool IsIncremental);
