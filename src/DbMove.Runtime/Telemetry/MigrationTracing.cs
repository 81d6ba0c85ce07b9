using System.Diagnostics;

namespace DbMove.Telemetry;

/// <summary>
/// The activities of one migration, in the source <c>DbMove</c>. Costs a check while nobody listens. What a driver says, keys
/// and values never stand in them: a failure is named by its type alone.
/// </summary>
internal sealed class MigrationTracing(string migration)
{
    // One for the process: listeners know it by its name, and it holds no state of a migration.
    private static readonly ActivitySource s_source = new("DbMove");

    /// <summary>Begins an activity under the current one; null: nobody listens.</summary>
    public Activity? Start(string name, ActivityKind kind = ActivityKind.Internal)
    {
        if (!s_source.HasListeners())
        {
            return null;
        }

        Activity? activity = s_source.CreateActivity(name, kind);
        activity?.SetTag("dbmove.migration", migration);
        return activity?.Start();
    }

    /// <summary>
    /// Begins work that outlives whoever started it, as a trace of its own with a link to its starter. Call it in the
    /// asynchronous method that is the work, so that the current activity changes for that one only.
    /// </summary>
    public Activity? StartApart(string name)
    {
        if (!s_source.HasListeners())
        {
            return null;
        }

        ActivityContext? starter = Activity.Current?.Context;
        Activity.Current = null;
        Activity? activity = s_source.CreateActivity(name, ActivityKind.Internal, default(ActivityContext), links: starter is { } context ? [new ActivityLink(context)] : null);
        activity?.SetTag("dbmove.migration", migration);
        return activity?.Start();
    }

    /// <summary>Notes a point on the current activity, if it is one of ours.</summary>
    public static void Note(string point)
    {
        if (s_source.HasListeners() && Activity.Current is { } activity && ReferenceEquals(activity.Source, s_source))
        {
            activity.AddEvent(new ActivityEvent(point));
        }
    }

    /// <summary>Makes an activity the current one for the rest of the calling asynchronous method.</summary>
    public static void Enter(Activity? activity)
    {
        if (activity is not null)
        {
            Activity.Current = activity;
        }
    }
}
