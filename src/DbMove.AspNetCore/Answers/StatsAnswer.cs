namespace DbMove.AspNetCore.Answers;

/// <summary>Figures of the process that answers, from memory: stage and epoch are as it last read them.</summary>
internal sealed record StatsAnswer(string Migration, string Stage, long Epoch, BackfillAnswer Backfill, FullValidationAnswer Full, TotalsAnswer Totals)
{
    public static StatsAnswer Of(Migration migration) => new(
        migration.Name, migration.Stage.ToWireName(), migration.Epoch, BackfillAnswer.Of(migration.Backfill.Progress),
        FullValidationAnswer.Of(migration.Validation.Progress), TotalsAnswer.Of(migration.Totals));
}
