using System.Diagnostics;
using DbMove.Control;

namespace DbMove.Telemetry;

/// <summary>The tags that several activities have, in one spelling.</summary>
internal static class ActivityTags
{
    public static void SetStage(this Activity? activity, StageSnapshot? stage)
    {
        if (activity is not null && stage is not null)
        {
            activity.SetTag("dbmove.stage", stage.Stage.ToWireName()).SetTag("dbmove.epoch", stage.Epoch);
        }
    }

    /// <summary>Adds an entity: those of a transaction stand in one tag, joined by commas.</summary>
    public static void AddEntity(this Activity? activity, string entity)
    {
        if (activity is null)
        {
            return;
        }

        string? known = activity.GetTagItem("dbmove.entity") as string;
        if (known is null || !known.Split(',').Contains(entity))
        {
            activity.SetTag("dbmove.entity", known is null ? entity : known + "," + entity);
        }
    }

    public static void SetCount(this Activity? activity, string tag, long count)
    {
        // A null check of its own, so that nothing is boxed for nobody.
        if (activity is not null)
        {
            activity.SetTag(tag, count);
        }
    }

    public static void SetWord(this Activity? activity, string tag, string word) => activity?.SetTag(tag, word);

    /// <summary>Marks the activity as failed. An exception filter that never catches: it runs before anything is unwound.</summary>
    public static bool Fails(this Activity? activity, Exception exception)
    {
        if (activity is not null)
        {
            activity.SetTag("error.type", exception.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error);
        }

        return false;
    }
}
