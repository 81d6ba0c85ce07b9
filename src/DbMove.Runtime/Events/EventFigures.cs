namespace DbMove.Events;

/// <summary>How many events there are.</summary>
/// <param name="Open">Those that are not dealt with, the dead ones among them.</param>
/// <param name="Dead">Those that wait for someone to decide.</param>
internal sealed record EventFigures(long Open, long Dead);
