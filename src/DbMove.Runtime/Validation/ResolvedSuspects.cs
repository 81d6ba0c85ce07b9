using DbMove.Repair;

namespace DbMove.Validation;

/// <summary>What became of suspected keys; those in neither list were found equal.</summary>
/// <param name="Confirmed">Different under the fixer's locks, with no intent that stands for it.</param>
/// <param name="Undecided">Still pending after the last round.</param>
internal sealed record ResolvedSuspects(IReadOnlyList<KeyFinding> Confirmed, IReadOnlyList<string> Undecided);
