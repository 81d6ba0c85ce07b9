using System.Diagnostics;
using DbMove.Mapping;
using DbMove.Telemetry;

namespace DbMove.Repair;

/// <content>A repair as an activity.</content>
internal sealed partial class KeyRepairer
{
    /// <summary>
    /// Repairs keys. Availability failures pass through as the driver's exceptions; what the follower refuses for its data
    /// is in the report, key by key.
    /// </summary>
    public async Task<RepairReport> RepairAsync(RepairKeys keys, CancellationToken cancellationToken)
    {
        using Activity? activity = context.Tracing.Start("dbmove.repair");
        if (activity is null)
        {
            return await RepairTogetherAsync(keys, cancellationToken).ConfigureAwait(false);
        }

        activity.SetCount("dbmove.keys", keys.Count);
        foreach ((EntityBinding entity, _) in keys.ByEntity)
        {
            activity.AddEntity(entity.Name);
        }

        try
        {
            RepairReport report = await RepairTogetherAsync(keys, cancellationToken).ConfigureAwait(false);
            activity.SetStage(context.Stage.Last);
            activity.SetCount("dbmove.keys.repaired", report.Repaired);
            activity.SetCount("dbmove.keys.already_consistent", report.AlreadyConsistent);
            activity.SetCount("dbmove.keys.unsettled", report.Unsettled);
            activity.SetCount("dbmove.keys.refused", report.Failed.Count);
            if (report.Failed.Count > 0)
            {
                activity.SetStatus(ActivityStatusCode.Error);
            }

            return report;
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }
}
