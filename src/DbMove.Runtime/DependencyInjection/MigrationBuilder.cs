using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove;

/// <summary>Describes a migration: its two sides, its entities and its options.</summary>
/// <param name="name">The migration's name.</param>
public sealed class MigrationBuilder(string name)
{
    private readonly string _name = name;

    /// <summary>Sets the source. Called by a dialect's <c>From…</c> extension.</summary>
    public MigrationBuilder From(Func<Side, SideDatabase> create) => this;

    /// <summary>Sets the target. Called by a dialect's <c>To…</c> extension.</summary>
    public MigrationBuilder To(Func<Side, SideDatabase> create) => this;

    /// <summary>Adds an entity.</summary>
    public MigrationBuilder AddEntity<T>()
        where T : notnull, IMigratable<T> => this;

    /// <summary>Builds the migration.</summary>
    public Migration Build() => new(_name);
}
