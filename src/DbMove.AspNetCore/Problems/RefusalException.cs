using Microsoft.AspNetCore.Http;

namespace DbMove.AspNetCore.Problems;

/// <summary>Ends a request with a problem of its own making.</summary>
internal sealed class RefusalException(Problem problem) : Exception(problem.Title)
{
    public Problem Problem { get; } = problem;

    public static RefusalException UnknownMigration(IEnumerable<string> names) => new(new(
        "unknown-migration", StatusCodes.Status404NotFound, "Unknown migration", "There is no migration of this name.") { Migrations = [.. names.Order(StringComparer.Ordinal)] });

    public static RefusalException NotNamed(IEnumerable<string> names) => new(new(
        "migration-not-named", StatusCodes.Status400BadRequest, "Migration not named", "Without a name in the URL there must be exactly one migration. Put the name before the verb.") { Migrations = [.. names.Order(StringComparer.Ordinal)] });

    public static RefusalException NotStarted(string migration) => new(new(
        "not-started", StatusCodes.Status503ServiceUnavailable, "Not started", $"Migration '{migration}' has not started, or has stopped with its host.") { RetryAfter = 1 });

    public static RefusalException NoPolicy() => new(new(
        "no-write-policy", StatusCodes.Status403Forbidden, "No policy for writes",
        "Writes are refused until an authorization policy is set on them and AllowAnonymous is not: MapDbMove(…).RequireAuthorization(\"operators\"), or MapDbMove(…).Writes.RequireAuthorization(\"operators\")."));

    public static RefusalException NotAllowed() => new(new(
        "not-allowed", StatusCodes.Status403Forbidden, "Not allowed", "The policy of writes does not let this caller through."));

    public static RefusalException CrossOrigin() => new(new(
        "cross-origin", StatusCodes.Status403Forbidden, "Cross-origin request", "A browser sent this from a page of another origin."));

    public static RefusalException BadQuery() => new(new(
        "bad-query", StatusCodes.Status400BadRequest, "Bad query", "The only query parameter is 'dryRun', once, 'true' or 'false'."));

    public static RefusalException BadIfMatch() => new(new(
        "bad-if-match", StatusCodes.Status400BadRequest, "Bad If-Match", "If-Match is one epoch as the ETag gave it, such as \"3\" with its quotes, or *. Weak validators and lists are refused."));

    public static RefusalException BadBody(string detail) => new(new("bad-body", StatusCodes.Status400BadRequest, "Bad body", detail));

    public static RefusalException BodyTooLarge(int largest) => new(new(
        "body-too-large", StatusCodes.Status413PayloadTooLarge, "Body too large", $"A body has at most {largest} bytes."));

    public static RefusalException NotJson() => new(new(
        "not-json", StatusCodes.Status415UnsupportedMediaType, "Not JSON", "A body is application/json in UTF-8, not compressed."));

    public static RefusalException EpochMoved(StageAssignment now) => new(Failures.EpochMoved(now.Stage, now.Epoch, StatusCodes.Status412PreconditionFailed));

    public static RefusalException NoSuchStep(StageTransitionException none, long epoch) => new(new(
        "no-such-step", StatusCodes.Status409Conflict, "No such step", none.Message) { Stage = none.From.ToWireName(), Epoch = epoch });

    public static RefusalException WrongStage(string verb, Stage stage, long epoch) => new(new(
        "wrong-stage", StatusCodes.Status409Conflict, "Wrong stage",
        $"'{verb}' works in {(verb.StartsWith("backfill", StringComparison.Ordinal) ? "src_first" : "src_first and dst_first")} only, and the migration is in {stage.ToWireName()}.")
        { Stage = stage.ToWireName(), Epoch = epoch });
}
