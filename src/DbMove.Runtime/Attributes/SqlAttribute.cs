namespace DbMove;

/// <summary>
/// Makes a partial method of a repository run this SQL: a query, or one <c>INSERT</c>, <c>UPDATE</c> or <c>DELETE</c> on the
/// entity's table. The generator writes the method's body.
/// </summary>
/// <remarks>
/// Parameters of the method are the statement's, by name: <c>@customer</c>. A <see cref="DualWriteTransaction"/> and a
/// <see cref="CancellationToken"/> are recognised by their types. A query runs on the authority, as a repository's reads do. A write
/// runs on the authority alone, and the rows that it touched reach the follower as after-images, under the protocol of the repository's
/// other writes.
/// </remarks>
/// <param name="source">The text while the source is the authority, in the source's words.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqlAttribute(string source) : Attribute
{
    /// <summary>The text while the source is the authority.</summary>
    public string Source { get; } = source;

    /// <summary>
    /// The text while the target is the authority. Default: the same; required where a name that the text uses is another one on the
    /// target.
    /// </summary>
    public string? Target { get; set; }

    /// <summary>How long the statement may run on the authority, in seconds; 0: without limit. Default 30.</summary>
    public int CommandTimeout { get; set; } = 30;
}
