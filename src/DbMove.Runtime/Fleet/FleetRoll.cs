using System.Globalization;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Fleet;

/// <summary>The list of instances and the leader's lease, which stand on the authority, as this instance writes and reads them.</summary>
internal sealed class FleetRoll
{
    private readonly MigrationContext _context;
    private readonly InstanceStore[] _instances;
    private readonly LeaseStore[] _leases;

    public FleetRoll(MigrationContext context)
    {
        _context = context;
        _instances = [.. context.Databases.Select(database => new InstanceStore(database.Syntax, context.Names))];
        _leases = [.. context.Databases.Select(database => new LeaseStore(database.Syntax, context.Names))];
        Expiry = context.Options.Fleet.ExpiryWith(context.Options.PollInterval);
        Label = context.Options.Fleet.Label ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
    }

    /// <summary>Names this instance among all there ever were.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Label { get; }

    /// <summary>How long a sign of life counts.</summary>
    public TimeSpan Expiry { get; }

    /// <summary>Every instance that the authority knows; none in a stage without a fence.</summary>
    public async Task<IReadOnlyList<MigrationInstance>> ListAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        if (!stage.Stage.IsFenced())
        {
            return [];
        }

        SideSession session = await _context.Database(stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return await ListAsync(session, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same on a session that a switch has on the authority.</summary>
    public Task<List<MigrationInstance>> ListAsync(SideSession authority, CancellationToken cancellationToken) =>
        _instances[(int)authority.Database.Side].ListAsync(authority, Id, cancellationToken);

    /// <summary>One sign of life behind the fence, and the question for the lease. Null: the stage has moved.</summary>
    public async Task<FleetView?> TryBeatAsync(StageSnapshot stage, ShadowFigures shadow, CancellationToken cancellationToken)
    {
        (int side, bool leads) = ((int)stage.Authority, false);
        SideSession session = await _context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, LockTimeout = _context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
            if (await _context.Control[side].ReadAsync(session, cancellationToken).ConfigureAwait(false) is not { } row || !stage.Matches(row))
            {
                return null;
            }

            await _instances[side].BeatAsync(session, Id, Label, stage, Expiry, shadow, cancellationToken).ConfigureAwait(false);
            if (_context.Options.RunBackgroundWork && await _leases[side].TryTakeAsync(session, Id, _context.Options.Fleet.LeaderLease, cancellationToken).ConfigureAwait(false))
            {
                leads = true;
                await _instances[side].PruneAsync(session, cancellationToken).ConfigureAwait(false);
            }

            FleetView view = FleetView.Of(await ListAsync(session, cancellationToken).ConfigureAwait(false), leads);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            return view;
        }
    }

    /// <summary>Removes this instance and gives the lease back, within <see cref="MigrationOptions.FollowerTimeout"/>; what fails is logged.</summary>
    public async Task RemoveAsync(Side authority)
    {
        (SideDatabase database, TimeSpan most) = (_context.Database(authority), _context.Options.FollowerTimeout);
        using Deadline deadline = new(most, _context.Time, CancellationToken.None);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Write, deadline.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.BeginAsync(new TransactionStart { LockTimeout = most }, deadline.Token).ConfigureAwait(false);
                await _instances[(int)authority].RemoveAsync(session, Id, deadline.Token).ConfigureAwait(false);
                await _leases[(int)authority].ReleaseAsync(session, Id, deadline.Token).ConfigureAwait(false);
                await session.CommitAsync(deadline.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (deadline.Explains(exception) || database.Classify(exception) is not null)
        {
            FleetLog.LeftSilently(_context.Logger, exception, _context.Name);
        }
    }
}
