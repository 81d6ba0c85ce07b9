using DbMove.Crash.Tests.Setup;
using DbMove.Telemetry;

namespace DbMove.Crash.Tests;

/// <summary>The matrix: where a process is killed, in which stage, while it does what. Every point that there is has a cell here.</summary>
public static class Cells
{
    /// <summary>The points of a write, in their order.</summary>
    internal static IReadOnlyList<(string Point, bool OnlyInDualStages, bool HasSucceeded)> WritePoints { get; } =
    [
        (ProbePoint.WriteExecuted, false, false),
        (ProbePoint.WriteAuthorityWritten, false, false),
        (ProbePoint.WriteFollowerApplied, true, false),
        (ProbePoint.WriteAuthorityCommitted, false, true),
        (ProbePoint.WriteFollowerCommitting, true, true),
        (ProbePoint.WriteFollowerCommitted, true, true),
        (ProbePoint.WriteIntentsClearing, true, true),
        (ProbePoint.WriteIntentsCleared, true, true),
    ];

    private static readonly string[] s_repairPoints =
    [
        ProbePoint.RepairAuthorityRead, ProbePoint.RepairExamined, ProbePoint.RepairApplied, ProbePoint.RepairAuthorityCommitted, ProbePoint.RepairFollowerCommitted, ProbePoint.RepairSettled,
    ];

    private static readonly (string Point, int Occurrence)[] s_stayPoints =
    [
        (ProbePoint.SwitchGated, 1), (ProbePoint.SwitchFenced, 1), (ProbePoint.SwitchWritten, 1), (ProbePoint.SwitchCommitted, 1),
    ];

    private static readonly (string Point, int Occurrence)[] s_enterPoints =
    [
        (ProbePoint.SwitchGated, 1), (ProbePoint.SwitchFenced, 1), (ProbePoint.SwitchWritten, 1), (ProbePoint.SwitchPrepared, 1),
        (ProbePoint.SwitchFenced, 2), (ProbePoint.SwitchWritten, 2), (ProbePoint.SwitchCommitted, 1),
    ];

    private static readonly (string Point, int Occurrence)[] s_movePoints =
    [
        (ProbePoint.SwitchGated, 1), (ProbePoint.SwitchAuthorityFenced, 1), (ProbePoint.SwitchFenced, 1), (ProbePoint.RepairAuthorityRead, 1), (ProbePoint.SwitchDrained, 1),
        (ProbePoint.SwitchWritten, 1), (ProbePoint.SwitchPrepared, 1), (ProbePoint.SwitchCommitted, 1), (ProbePoint.SwitchCleared, 1),
    ];

    /// <summary>Every point of a write, in every stage that reaches it, of every kind of write; on SQLite the one with two entities, in the dual stages.</summary>
    public static TheoryData<Engine, Stage, string, string, int> InWrites
    {
        get
        {
            TheoryData<Engine, Stage, string, string, int> cells = [];
            foreach (Stage stage in Enum.GetValues<Stage>())
            {
                foreach ((string point, bool onlyInDualStages, _) in WritePoints.Where(each => stage.IsDual() || !each.OnlyInDualStages))
                {
                    foreach (string write in Writes.Killed)
                    {
                        cells.Add(Engine.PostgreSql, stage, write, point, 1);
                    }

                    if (stage.IsDual())
                    {
                        cells.Add(Engine.Sqlite, stage, Writes.Transfer, point, 1);
                    }
                }

                // Between the statements of a transaction, and between its two entities.
                cells.Add(Engine.PostgreSql, stage, Writes.Transfer, ProbePoint.WriteExecuted, 2);
                cells.Add(Engine.PostgreSql, stage, Writes.Transfer, ProbePoint.WriteExecuted, 3);
            }

            return cells;
        }
    }

    /// <summary>Acknowledged after the authority's commit, and killed before the follower's or after.</summary>
    public static TheoryData<Stage, string, string> InEarlyWrites
    {
        get
        {
            TheoryData<Stage, string, string> cells = [];
            foreach (Stage stage in (Stage[])[Stage.SourceFirst, Stage.TargetFirst])
            {
                foreach (string point in (string[])[ProbePoint.WriteFollowerCommitting, ProbePoint.WriteFollowerCommitted])
                {
                    cells.Add(stage, Writes.Insert, point);
                    cells.Add(stage, Writes.Transfer, point);
                }
            }

            return cells;
        }
    }

    /// <summary>Every point of a repair, in both dual stages, of a row that is missing, different, or too many on the follower.</summary>
    public static TheoryData<Engine, Stage, string, string> InRepairs
    {
        get
        {
            TheoryData<Engine, Stage, string, string> cells = [];
            foreach (Stage stage in (Stage[])[Stage.SourceFirst, Stage.TargetFirst])
            {
                foreach (string point in s_repairPoints)
                {
                    foreach (string write in (string[])[Writes.Insert, Writes.Update, Writes.Delete])
                    {
                        cells.Add(Engine.PostgreSql, stage, write, point);
                    }
                }
            }

            foreach (string point in s_repairPoints)
            {
                cells.Add(Engine.Sqlite, Stage.SourceFirst, Writes.Transfer, point);
            }

            return cells;
        }
    }

    /// <summary>Every point of every step between stages; on SQLite of the one that moves the authority forward.</summary>
    public static TheoryData<Engine, Stage, Stage, string, int> InSwitches
    {
        get
        {
            TheoryData<Engine, Stage, Stage, string, int> cells = [];
            foreach ((Stage from, Stage to) in (ReadOnlySpan<(Stage, Stage)>)
                [
                    (Stage.Initial, Stage.SourceOnly), (Stage.SourceOnly, Stage.SourceFirst), (Stage.SourceFirst, Stage.TargetFirst), (Stage.TargetFirst, Stage.TargetOnly),
                    (Stage.TargetOnly, Stage.TargetFirst), (Stage.TargetFirst, Stage.SourceFirst), (Stage.SourceFirst, Stage.SourceOnly), (Stage.TargetOnly, Stage.Completed),
                ])
            {
                bool moves = from.Authority() != to.Authority();
                foreach ((string point, int occurrence) in from == Stage.Initial ? s_enterPoints : moves ? s_movePoints : s_stayPoints)
                {
                    cells.Add(Engine.PostgreSql, from, to, point, occurrence);
                    if (to == Stage.TargetFirst && moves)
                    {
                        cells.Add(Engine.Sqlite, from, to, point, occurrence);
                    }
                }
            }

            return cells;
        }
    }

    /// <summary>The next process dies as well, while it finishes or undoes what the first one left.</summary>
    public static TheoryData<Engine, Stage, Stage, string> InResolutions => new()
    {
        { Engine.PostgreSql, Stage.SourceFirst, Stage.TargetFirst, ProbePoint.SwitchPrepared },
        { Engine.PostgreSql, Stage.SourceFirst, Stage.TargetFirst, ProbePoint.SwitchCommitted },
        { Engine.PostgreSql, Stage.TargetFirst, Stage.SourceFirst, ProbePoint.SwitchPrepared },
        { Engine.PostgreSql, Stage.TargetFirst, Stage.SourceFirst, ProbePoint.SwitchCommitted },
        { Engine.Sqlite, Stage.SourceFirst, Stage.TargetFirst, ProbePoint.SwitchPrepared },
        { Engine.Sqlite, Stage.SourceFirst, Stage.TargetFirst, ProbePoint.SwitchCommitted },
    };

    /// <summary>Every point of the backfill; the second range where there is more than one.</summary>
    public static TheoryData<Engine, string, int> InBackfills => new()
    {
        { Engine.PostgreSql, ProbePoint.BackfillRangeClaimed, 1 },
        { Engine.PostgreSql, ProbePoint.BackfillRangeRead, 2 },
        { Engine.PostgreSql, ProbePoint.BackfillBeforeWrite, 2 },
        { Engine.PostgreSql, ProbePoint.BackfillBeforeCommit, 2 },
        { Engine.PostgreSql, ProbePoint.BackfillCommitted, 2 },
        { Engine.PostgreSql, ProbePoint.BackfillDeferred, 1 },
        { Engine.Sqlite, ProbePoint.BackfillBeforeCommit, 2 },
    };

    /// <summary>Every point of a full validation, in both dual stages.</summary>
    public static TheoryData<Stage, string> InValidations
    {
        get
        {
            TheoryData<Stage, string> cells = [];
            foreach (Stage stage in (Stage[])[Stage.SourceFirst, Stage.TargetFirst])
            {
                foreach (string point in (string[])
                    [
                        ProbePoint.ValidationBegun, ProbePoint.ValidationPageRead, ProbePoint.ValidationSuspects, ProbePoint.RepairExamined, ProbePoint.ValidationConfirmed,
                        ProbePoint.EventsStored, ProbePoint.ValidationJudged,
                    ])
                {
                    cells.Add(stage, point);
                }
            }

            return cells;
        }
    }

    /// <summary>Every point of an event's way from the validation to its repair.</summary>
    public static TheoryData<string, string> InEvents => new()
    {
        { Operations.Events, ProbePoint.EventsStored },
        { Operations.Events, ProbePoint.EventsExtended },
        { Operations.Events, ProbePoint.EventsRepaired },
        { Operations.Broker, ProbePoint.EventsClaimed },
        { Operations.Broker, ProbePoint.EventsPublished },
        { Operations.Broker, ProbePoint.EventsReceived },
        { Operations.Broker, ProbePoint.EventsRepaired },
        { Operations.Broker, ProbePoint.EventsCompleted },
        { Operations.LostMessages, ProbePoint.EventsListed },
        { Operations.LostMessages, ProbePoint.EventsCounted },
    };

    /// <summary>The points that have a cell: that each is reached, its cell sees to.</summary>
    internal static IEnumerable<string> Points =>
        ((IEnumerable<string>)[ProbePoint.SwitchResolving, ProbePoint.PromotionDue])
            .Concat(InWrites.Select(cell => cell.Data.Item4)).Concat(InRepairs.Select(cell => cell.Data.Item4)).Concat(InSwitches.Select(cell => cell.Data.Item4))
            .Concat(InBackfills.Select(cell => cell.Data.Item2)).Concat(InValidations.Select(cell => cell.Data.Item2)).Concat(InEvents.Select(cell => cell.Data.Item2));
}
