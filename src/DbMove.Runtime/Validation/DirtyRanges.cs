using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>
/// The dirty marks of both sides. A clean full pass removes those that stood before it began: it has compared what they
/// tell of. One that was made meanwhile, or was not yet committed then, stays for the next pass.
/// </summary>
internal sealed class DirtyRanges(MigrationContext context)
{
    private static readonly Side[] s_sides = [Side.Source, Side.Target];

    private readonly DirtyStore[] _stores = [new(context.Database(Side.Source).Syntax, context.Names), new(context.Database(Side.Target).Syntax, context.Names)];

    /// <summary>Every mark of both sides. One session at a time.</summary>
    public async Task<List<(Side Side, long Id, string Entity)>> ReadAsync(CancellationToken cancellationToken)
    {
        List<(Side, long, string)> marks = [];
        foreach (Side side in s_sides)
        {
            SideSession session = await context.Database(side).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await AddAsync(session, marks, cancellationToken).ConfigureAwait(false);
            }
        }

        return marks;
    }

    /// <summary>The same on sessions that a switch has.</summary>
    public async Task<List<(Side Side, long Id, string Entity)>> ReadAsync(SideSession one, SideSession other, CancellationToken cancellationToken)
    {
        List<(Side, long, string)> marks = [];
        await AddAsync(one, marks, cancellationToken).ConfigureAwait(false);
        await AddAsync(other, marks, cancellationToken).ConfigureAwait(false);
        return marks;
    }

    /// <summary>Marks an entity in the transaction that changes it.</summary>
    public Task AddAsync(SideSession authority, string entity, long epoch, string reason, CancellationToken cancellationToken) =>
        _stores[(int)authority.Database.Side].AddAsync(authority, entity, epoch, reason, cancellationToken);

    /// <summary>Removes exactly these. What cannot be removed now stays, and the next clean pass removes it.</summary>
    public async Task RemoveAsync(IReadOnlyList<(Side Side, long Id, string Entity)> marks)
    {
        foreach (IGrouping<Side, long> side in marks.GroupBy(mark => mark.Side, mark => mark.Id))
        {
            try
            {
                SideSession session = await context.Database(side.Key).OpenAsync(SessionUse.Write, CancellationToken.None).ConfigureAwait(false);
                await using (session.ConfigureAwait(false))
                {
                    await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, CancellationToken.None).ConfigureAwait(false);
                    await _stores[(int)side.Key].RemoveAsync(session, side, CancellationToken.None).ConfigureAwait(false);
                    await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (context.IsPassing(exception))
            {
                ValidationLog.DirtyStays(context.Logger, exception, context.Name, side.Key.ToWireName());
            }
        }
    }

    /// <summary>The condition, from the marks that were read.</summary>
    public static GateCondition Describe(List<(Side Side, long Id, string Entity)> marks) => new(
        "no_dirty_ranges",
        marks.Count == 0,
        marks.Count == 0 ? "0 marks" : $"{marks.Count} marks on {string.Join(", ", marks.Select(mark => mark.Entity).Distinct(StringComparer.Ordinal))}; a clean full validation removes them");

    private async Task AddAsync(SideSession session, List<(Side, long, string)> marks, CancellationToken cancellationToken)
    {
        Side side = session.Database.Side;
        marks.AddRange((await _stores[(int)side].ReadAsync(session, cancellationToken).ConfigureAwait(false)).Select(mark => (side, mark.Id, mark.Entity)));
    }
}
