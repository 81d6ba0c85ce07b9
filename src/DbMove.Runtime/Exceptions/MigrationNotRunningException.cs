namespace DbMove;

/// <summary>
/// A write was begun before the migration was started or after it was stopped; nothing was done. A migration that was disposed
/// throws <see cref="ObjectDisposedException"/> instead.
/// </summary>
/// <param name="migration">The migration's name.</param>
public sealed class MigrationNotRunningException(string migration)
    : DbMoveException($"Migration '{migration}' does not run: it was not started, or was stopped since. Await StartAsync first, or begin no writes once the host stops.")
{
    /// <summary>The migration's name.</summary>
    public string Migration { get; } = migration;
}
