namespace Quickstart.Scenario;

/// <summary>What was done to a row of the target.</summary>
internal enum DamageKind
{
    Missing,
    Different,
    Extra,
}
