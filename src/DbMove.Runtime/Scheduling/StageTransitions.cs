namespace DbMove.Scheduling;

/// <summary>Which steps there are: one forward, or one back where nothing is lost by it.</summary>
internal static class StageTransitions
{
    /// <summary>Whether the authority moves in this step.</summary>
    public static bool MovesAuthority(Stage from, Stage to) => from.Authority() != to.Authority();

    /// <summary>The stage after; null after the last.</summary>
    public static Stage? Next(Stage stage) => stage == Stage.Completed ? null : stage + 1;

    /// <summary>The stage before, where there is a way back.</summary>
    public static Stage? Previous(Stage stage) => stage is Stage.SourceFirst or Stage.TargetFirst or Stage.TargetOnly ? stage - 1 : null;

    /// <summary>Refuses a step that there is not.</summary>
    /// <exception cref="StageTransitionException">A stage was skipped, is final, or has no way back.</exception>
    public static void Check(Stage from, Stage to)
    {
        if (!Enum.IsDefined(to))
        {
            throw new StageTransitionException(from, to, $"There is no stage {(int)to}. The stages are {string.Join(", ", Enum.GetValues<Stage>().Select(stage => stage.ToWireName()))}.");
        }

        if (Next(from) == to || Previous(from) == to)
        {
            return;
        }

        string steps = string.Join(" or ", new[] { Next(from), Previous(from) }.OfType<Stage>().Select(stage => stage.ToWireName()));
        throw new StageTransitionException(
            from,
            to,
            from == Stage.Completed
                ? $"The migration is completed, and that is final: it cannot go to {to.ToWireName()}."
                : $"There is no step from {from.ToWireName()} to {to.ToWireName()}: stages are walked one at a time. From here go to {steps}.");
    }
}
