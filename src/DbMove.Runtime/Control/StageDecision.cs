namespace DbMove.Control;

/// <summary>Who decides (DESIGN §3.8): the rule by which two control rows, read one after the other, name the stage.</summary>
internal static class StageDecision
{
    /// <summary>
    /// The deciding row, or null while none does: a prepared row counts only once the other side says the same.
    /// </summary>
    public static ControlRow? Decide(ControlRow? source, ControlRow? target)
    {
        ControlRow? alone = (source, target) switch
        {
            // Only a read across a switch sees both: the greater epoch is the newer one.
            ({ DecidesAlone: true }, { DecidesAlone: true }) => source.Epoch > target.Epoch ? source : target,
            ({ DecidesAlone: true }, _) => source,
            (_, { DecidesAlone: true }) => target,
            _ => null,
        };
        if (alone is not null)
        {
            return alone;
        }

        return source is not null && target is not null && source.Agrees(target) && (source.IsPrepared || target.IsPrepared)
            ? (source.IsPrepared ? source : target)
            : null;
    }
}
