using System.Globalization;
using DbMove.Control;

namespace DbMove.Reads;

/// <summary>
/// Judges the shadow reads of every live instance together: the others' as of their last sign of life, this one's as of now. A
/// way back does not wait for their number: whoever needs it needs it now.
/// </summary>
internal sealed class ShadowRate(ReadOptions options, ReadSettings settings, ShadowWindow window)
{
    private const string Name = "shadow_mismatch_rate";

    /// <summary>The condition for a step.</summary>
    /// <param name="stage">The stage that is left.</param>
    /// <param name="to">The stage that is entered.</param>
    /// <param name="instances">Every instance that the authority knows.</param>
    public GateCondition Judge(StageSnapshot stage, Stage to, IReadOnlyList<MigrationInstance> instances)
    {
        ShadowFigures own = settings.Shadow == 0 ? ShadowFigures.None : window.FiguresIn(stage.Epoch);
        MigrationInstance[] others = [.. instances.Where(instance => instance is { IsAlive: true, IsSelf: false, ShadowReads: > 0 } && instance.Epoch == stage.Epoch)];
        if (settings.Shadow == 0 && others.Length == 0)
        {
            return new(Name, true, "off");
        }

        long reads = own.JudgedReads + others.Sum(instance => instance.ShadowReads);
        long mismatches = own.JudgedMismatches + others.Sum(instance => instance.ShadowMismatches);
        bool isFew = mismatches <= options.MaximumShadowMismatchRate * reads;
        return new(
            Name,
            isFew && (to < stage.Stage || reads >= options.MinimumShadowReads),
            string.Create(CultureInfo.InvariantCulture, $"{mismatches} mismatches in {reads} of {options.MinimumShadowReads} reads, at most {100 * options.MaximumShadowMismatchRate:0.####} %"));
    }
}
