using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Repair;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>
/// Verifies the keys that cleared intents and repairs left for it, deletes included, in the order in which they came. Both
/// sides' lists are walked: after a switch the former authority's still holds keys.
/// </summary>
internal sealed class PendingVerification(MigrationContext context, SuspectResolver resolver, CheckStore[] stores)
{
    private const int KeysAtOnce = 500;

    // A write in flight is looked at again with the next pass anyway; waiting long here would hold up the others.
    private const int Rounds = 2;

    /// <summary>One pass over what waits now. Nothing happens outside the dual stages.</summary>
    public async Task<VerificationReport> RunAsync(CancellationToken cancellationToken)
    {
        StageSnapshot stage = await context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        VerificationReport report = new(0, 0, 0);
        if (!stage.Stage.IsDual())
        {
            return report;
        }

        foreach (Side side in (Side[])[stage.Authority, stage.Follower])
        {
            long after = 0;
            long? upTo = null;
            while (true)
            {
                (List<(long Id, string Entity, string Key)> rows, upTo) = await ReadAsync(side, after, upTo, cancellationToken).ConfigureAwait(false);
                if (rows.Count == 0)
                {
                    break;
                }

                after = rows[^1].Id;
                foreach (IGrouping<string, (long Id, string Entity, string Key)> entity in rows.GroupBy(row => row.Entity))
                {
                    VerificationReport part = await VerifyAsync(side, stage, entity.Key, [.. entity], cancellationToken).ConfigureAwait(false);
                    report = new(report.Equal + part.Equal, report.Different + part.Different, report.Pending + part.Pending);
                }
            }
        }

        return report;
    }

    private async Task<VerificationReport> VerifyAsync(
        Side side, StageSnapshot stage, string name, List<(long Id, string Entity, string Key)> rows, CancellationToken cancellationToken)
    {
        EntityBinding? binding = context.FindEntity(name);
        (long Id, string Entity, string Key)[] known = binding is null ? [] : [.. rows.Where(row => binding.IsKey(row.Key))];
        if (known.Length < rows.Count)
        {
            ValidationLog.UnknownEntity(context.Logger, context.Name, name);
        }

        int unknown = rows.Count - known.Length;
        if (known.Length == 0)
        {
            return new(0, 0, unknown);
        }

        EntityValidation entity = binding!.CreateValidation();
        string[] keys = [.. known.Select(row => row.Key).Distinct(StringComparer.Ordinal)];
        List<string> suspects = await resolver.ReadAgainAsync(entity, stage, keys, cancellationToken).ConfigureAwait(false);

        // What is confirmed is published before the keys go: the open event keeps the gate closed from there on.
        List<KeyFinding> confirmed = [];
        HashSet<string> undecided = suspects.Count == 0 ? [] : [.. await resolver.ResolveAsync(entity, stage, suspects, Rounds, confirmed, cancellationToken).ConfigureAwait(false)];
        await DeleteAsync(side, [.. known.Where(row => !undecided.Contains(row.Key)).Select(row => row.Id)], cancellationToken).ConfigureAwait(false);
        context.Metrics.Compared(keys.Length, name);
        return new(keys.Length - confirmed.Count - undecided.Count, confirmed.Count, undecided.Count + unknown);
    }

    private async Task<(List<(long Id, string Entity, string Key)> Rows, long UpTo)> ReadAsync(Side side, long after, long? upTo, CancellationToken cancellationToken)
    {
        CheckStore store = stores[(int)side];
        SideSession session = await context.Database(side).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            long last = upTo ?? await store.ReadLastIdAsync(session, cancellationToken).ConfigureAwait(false);
            return (await store.ReadAsync(session, after, last, KeysAtOnce, cancellationToken).ConfigureAwait(false), last);
        }
    }

    private async Task DeleteAsync(Side side, List<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return;
        }

        SideSession session = await context.Database(side).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
            await stores[(int)side].DeleteAsync(session, ids, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
