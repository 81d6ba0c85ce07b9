using System.Globalization;
using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Reads;

/// <summary>
/// The shadow reads' part in the gate, by the figures of the process that is asked, as the detail says. A way back does not wait for their
/// number: whoever needs it needs it now.
/// </summary>
internal sealed class ShadowCondition(ReadOptions options, ReadSettings settings, ShadowWindow window) : IGateCondition
{
    private const string Name = "shadow_mismatch_rate";

    public Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GateCondition>>([settings.Shadow == 0 ? new(Name, true, "off") : Judge(window.FiguresIn(stage.Epoch), to < stage.Stage)]);

    private GateCondition Judge(ShadowFigures figures, bool isBack) => new(
        Name,
        figures.MismatchRate <= options.MaximumShadowMismatchRate && (isBack || figures.JudgedReads >= options.MinimumShadowReads),
        string.Create(
            CultureInfo.InvariantCulture,
            $"{figures.JudgedMismatches} mismatches in {figures.JudgedReads} of {options.MinimumShadowReads} reads of this instance, at most {100 * options.MaximumShadowMismatchRate:0.####} %"));
}
