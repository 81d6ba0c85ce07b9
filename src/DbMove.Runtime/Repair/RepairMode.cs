namespace DbMove.Repair;

/// <summary>What a repair does with what it finds.</summary>
internal enum RepairMode
{
    /// <summary>Judges under the locks and writes nothing.</summary>
    Confirm,

    /// <summary>Makes the follower equal to the authority.</summary>
    Repair,
}
