using DbMove.Telemetry;

namespace DbMove.Validation;

/// <summary>What bounds one step of a merge.</summary>
/// <param name="Page">Rows read at once from a side.</param>
/// <param name="Rows">Keys compared before the step ends.</param>
/// <param name="Suspects">Suspects collected before the step ends, so that memory does not grow with the differences.</param>
/// <param name="Probes">Reached after each page.</param>
internal readonly record struct MergeLimits(int Page, int Rows, int Suspects, ProbePoints Probes);
