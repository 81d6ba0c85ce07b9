namespace DbMove;

/// <summary>What a stage means for reading and writing, and its name on the wire.</summary>
public static class StageExtensions
{
    private static readonly string[] s_wireNames = ["initial", "src_only", "src_first", "dst_first", "dst_only", "completed"];

    /// <summary>The side that decides in this stage; reads go there.</summary>
    public static Side Authority(this Stage stage) => stage >= Stage.TargetFirst ? Side.Target : Side.Source;

    /// <summary>The side that receives after-images in a dual stage: the one that is not the authority.</summary>
    public static Side Follower(this Stage stage) => stage.Authority().Other();

    /// <summary>Whether both sides are written in this stage.</summary>
    public static bool IsDual(this Stage stage) => stage is Stage.SourceFirst or Stage.TargetFirst;

    /// <summary>Whether writes take the fence in this stage. Only the first and the last stage do without.</summary>
    public static bool IsFenced(this Stage stage) => stage is not (Stage.Initial or Stage.Completed);

    /// <summary>The stage's name in control tables, metrics and URLs, such as <c>src_first</c>.</summary>
    public static string ToWireName(this Stage stage) => s_wireNames[(int)stage];

    /// <summary>Finds the stage of a wire name; false when there is none of that name.</summary>
    public static bool TryParseWireName(string? wireName, out Stage stage)
    {
        int index = Array.IndexOf(s_wireNames, wireName);
        stage = index < 0 ? default : (Stage)index;
        return index >= 0;
    }

    /// <summary>The opposite side.</summary>
    public static Side Other(this Side side) => side == Side.Source ? Side.Target : Side.Source;

    /// <summary>The side's name in control tables and metrics: <c>source</c> or <c>target</c>.</summary>
    public static string ToWireName(this Side side) => side == Side.Source ? "source" : "target";
}
