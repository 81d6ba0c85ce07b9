namespace OrderService.Moving;

/// <summary>The configuration's section <c>Move</c>.</summary>
internal sealed class MoveOptions
{
    public const string Section = "Move";

    /// <summary>Characters of the shortest token that keeps anybody out.</summary>
    public const int ShortestToken = 16;

    /// <summary>
    /// What an operator's <c>Authorization: Bearer …</c> must say, <see cref="ShortestToken"/> characters at least. Default: nothing, and then nobody is an
    /// operator.
    /// </summary>
    public string? OperatorToken { get; set; }

    /// <summary>How soon every instance sees a new stage; a stage is left after two of these at the earliest. The same in every instance.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A NATS server, <c>nats://…</c>, that hands found differences to all instances. Default: none, they stay in the databases.</summary>
    public string? Nats { get; set; }
}
