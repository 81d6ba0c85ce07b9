namespace DbMove.AspNetCore.Requests;

/// <summary>The body of what starts and stops work: an empty object, or none.</summary>
internal sealed record WorkRequest;
