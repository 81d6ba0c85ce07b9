using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Pool;

/// <summary>Looks at both sides: does each answer, and can the stage be told.</summary>
internal sealed class PoolHealth(MigrationContext context)
{
    public async Task<MigrationHealth> CheckAsync(CancellationToken cancellationToken)
    {
        List<HealthEntry> entries = [];
        StageSnapshot? stage = context.Stage.Last;
        try
        {
            stage = await context.Stage.GetForReadAsync(cancellationToken).ConfigureAwait(false);
            entries.Add(new("stage", HealthStatus.Healthy, $"{stage.Stage.ToWireName()}, epoch {stage.Epoch}"));
        }
        catch (StageUnknownException exception)
        {
            entries.Add(new("stage", HealthStatus.Unhealthy, exception.Message) { Failure = exception });
        }

        foreach (SideDatabase database in context.Databases)
        {
            entries.Add(await CheckAsync(database, stage, cancellationToken).ConfigureAwait(false));
        }

        if (stage is not null && stage.Stage.IsDual())
        {
            FollowerBreaker breaker = context.Breakers[(int)stage.Follower];
            entries.Add(breaker.IsClosed
                ? new("breaker", HealthStatus.Healthy, "closed")
                : new("breaker", HealthStatus.Degraded, $"open for {breaker.OpenFor.TotalSeconds:0} s: {breaker.Why?.Message}") { Failure = breaker.Why });
        }

        return MigrationHealth.Of(entries);
    }

    private async Task<HealthEntry> CheckAsync(SideDatabase database, StageSnapshot? stage, CancellationToken cancellationToken)
    {
        string name = database.Side.ToWireName();
        bool isAuthority = stage is null || stage.Authority == database.Side;
        HealthStatus away = isAuthority ? HealthStatus.Unhealthy : stage!.Stage.IsDual() ? HealthStatus.Degraded : HealthStatus.Healthy;
        using Deadline deadline = new(context.Options.FollowerTimeout, context.Time, cancellationToken);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Read, deadline.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.QueryAsync($"SELECT {database.Syntax.NowMilliseconds}", default, static row => row.GetInt64(0), deadline.Token).ConfigureAwait(false);
                return new(name, HealthStatus.Healthy, database.DisplayName);
            }
        }
        catch (Exception exception) when (database.Classify(exception) is not null)
        {
            return new(name, away, $"{database.DisplayName}: {exception.Message}") { Failure = exception };
        }
        catch (OperationCanceledException exception) when (deadline.Explains(exception))
        {
            return new(name, away, $"{database.DisplayName} did not answer within {context.Options.FollowerTimeout.TotalSeconds:0.###} s") { Failure = exception };
        }
    }
}
