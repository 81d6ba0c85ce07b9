using System.Data.Common;
using DbMove.AspNetCore.Answers;
using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Problems;

/// <summary>What a failure is to a caller. Messages of exceptions that a driver had a part in are not repeated: they may hold anything.</summary>
internal static class Failures
{
    /// <param name="exception">The failure.</param>
    /// <param name="isConditional">Whether the caller named an epoch.</param>
    /// <returns>Null: it is none of these, and a bug.</returns>
    public static Problem? Describe(Exception exception, bool isConditional) => exception switch
    {
        RefusalException refusal => refusal.Problem,
        BadHttpRequestException bad => new("bad-request", bad.StatusCode, "Bad request", "The request is malformed."),
        GateClosedException closed => new(
            "gate-closed", StatusCodes.Status409Conflict, "Gate closed",
            $"The gate from {closed.Report.From.ToWireName()} to {closed.Report.To.ToWireName()} has unmet conditions. Meet them and switch again; 'waitForGateSeconds' waits for those that come with time.")
            { Stage = closed.Report.From.ToWireName(), Conditions = ConditionAnswer.Of(closed.Report) },
        EpochMovedException moved => EpochMoved(moved.From, moved.Epoch, isConditional ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status409Conflict),
        SwitchAbandonedException abandoned => new(
            "switch-abandoned", StatusCodes.Status503ServiceUnavailable, "Switch abandoned",
            $"The switch from {abandoned.From.ToWireName()} to {abandoned.To.ToWireName()} gave up before its commit point: a side did not answer in time, or a long transaction held a fence. The stage is what it was; try again. The log says why.")
            { Stage = abandoned.From.ToWireName(), RetryAfter = 1 },
        StageUnknownException => Unavailable("stage-unknown", "Stage unknown", "The stage cannot be told while a side is out of reach or the sides contradict each other. Nothing was changed; health says what is away, the log says why."),
        DatabaseUnavailableException away => Unavailable(
            "database-unavailable", "Database out of reach", $"The {away.Side.ToWireName()} is out of reach; nothing was changed. A switch needs both sides, except to leave dual writing. The log says why.") with { Side = away.Side.ToWireName() },
        DbMoveException or DbException or TimeoutException => Unavailable("unavailable", "Not possible now", "A database or the event channel failed or did not answer in time. The log says why."),
        _ => null,
    };

    public static Problem EpochMoved(Stage stage, long epoch, int status) => new(
        "epoch-moved", status, "The epoch has moved on",
        $"The migration is in {stage.ToWireName()}, epoch {epoch}, by now; nothing was changed. Look at its status and decide again.")
        { Stage = stage.ToWireName(), Epoch = epoch };

    private static Problem Unavailable(string name, string title, string detail) => new(name, StatusCodes.Status503ServiceUnavailable, title, detail) { RetryAfter = 1 };
}
