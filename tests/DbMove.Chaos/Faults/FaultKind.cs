namespace DbMove.Chaos.Faults;

/// <summary>What is done to whom.</summary>
internal enum FaultKind
{
    /// <summary>A service is killed (SIGKILL) and started again.</summary>
    KillService,

    /// <summary>Every process of a server is killed (SIGKILL), and the server started again.</summary>
    KillServer,

    /// <summary>A service stands still (SIGSTOP, SIGCONT).</summary>
    StopService,

    /// <summary>Every process of a server stands still.</summary>
    StopServer,

    /// <summary>Connections are reset, and new ones are.</summary>
    CutLink,

    /// <summary>Connections stay up and nothing arrives; then it arrives after all, or they are reset.</summary>
    FreezeLink,

    /// <summary>Everything arrives later.</summary>
    DelayLink,
}
