namespace DbMove;

/// <summary>What a switch did.</summary>
/// <param name="From">The stage before.</param>
/// <param name="To">The stage asked for.</param>
/// <param name="Epoch">The epoch after.</param>
/// <param name="Changed">False: the stage was that already, or it was a dry run.</param>
/// <param name="WritePause">How long writes had to wait: from asking for the first exclusive fence to the commit point.</param>
/// <param name="Gate">The gate's conditions as they were found.</param>
public sealed record SwitchResult(Stage From, Stage To, long Epoch, bool Changed, TimeSpan WritePause, GateReport Gate);
