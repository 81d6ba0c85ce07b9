using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DbMove;

/// <summary>Describes a migration: its two sides, its entities and its options.</summary>
/// <remarks>
/// Everything that can be checked without a database is checked by <see cref="Build"/>; the rest when the migration starts.
/// </remarks>
public sealed class MigrationBuilder
{
    private readonly HashSet<string> _names = [];
    private readonly List<Func<EntityBinding>> _entities = [];
    private readonly List<Action<IMigratableServices>> _services = [];
    private Func<Side, SideDatabase>? _source;
    private Func<Side, SideDatabase>? _target;
    private ILoggerFactory? _loggers;
    private TimeProvider? _time;
    private bool _areEntitiesFixed;

    /// <summary>Begins the description of a migration.</summary>
    /// <param name="name">The migration's name: 1 to 40 lower-case letters, digits, <c>-</c> and <c>_</c>, a letter first. It stands in control tables, metrics and URLs and never changes.</param>
    /// <exception cref="MigrationConfigurationException">The name is none.</exception>
    public MigrationBuilder(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 40 || !char.IsAsciiLetterLower(name[0]) || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_'))
        {
            throw new MigrationConfigurationException($"'{name}' is no name for a migration. Use 1 to 40 lower-case letters, digits, '-' and '_', beginning with a letter.");
        }

        Name = name;
    }

    /// <summary>The migration's name.</summary>
    public string Name { get; }

    /// <summary>The options, to be set before <see cref="Build"/>.</summary>
    public MigrationOptions Options { get; } = new();

    /// <summary>Sets the source. Called by a dialect's <c>From…</c> extension.</summary>
    /// <param name="create">Makes the database for a side.</param>
    public MigrationBuilder From(Func<Side, SideDatabase> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _source = create;
        return this;
    }

    /// <summary>Sets the target. Called by a dialect's <c>To…</c> extension.</summary>
    /// <param name="create">Makes the database for a side.</param>
    public MigrationBuilder To(Func<Side, SideDatabase> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _target = create;
        return this;
    }

    /// <summary>Adds an entity.</summary>
    /// <typeparam name="T">A type marked <c>[Migratable]</c>.</typeparam>
    /// <exception cref="MigrationConfigurationException">
    /// It was added before, or another entity has its wire name, or the container is built already and cannot offer its repository.
    /// </exception>
    public MigrationBuilder AddEntity<T>()
        where T : notnull, IMigratable<T>
    {
        string entity = T.Accept(new BindingVisitor()).Name;
        if (_areEntitiesFixed)
        {
            throw new MigrationConfigurationException($"Entity '{entity}' is added to migration '{Name}' when the container is built already. Add entities in the first delegate of AddDbMove, which runs at registration.");
        }

        if (!_names.Add(entity))
        {
            throw new MigrationConfigurationException($"Migration '{Name}' has two entities named '{entity}'. Add each entity once; where two tables share a name, set [Migratable(Name = …)] on one.");
        }

        // Every migration that is built has bindings of its own: they hold its composed statements.
        _entities.Add(static () => T.Accept(new BindingVisitor()));
        _services.Add(T.AddServices);
        return this;
    }

    /// <summary>Sets options.</summary>
    /// <param name="configure">Changes them.</param>
    public MigrationBuilder Configure(Action<MigrationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(Options);
        return this;
    }

    /// <summary>Sets where the migration logs. Default: nowhere; with a container, its logger factory.</summary>
    /// <param name="loggers">The factory.</param>
    public MigrationBuilder UseLoggerFactory(ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        _loggers = loggers;
        return this;
    }

    /// <summary>Sets the clock. Default: the container's, if there is one in it, else the system's.</summary>
    /// <param name="time">The clock.</param>
    public MigrationBuilder UseTimeProvider(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        return this;
    }

    /// <summary>Builds the migration. It does nothing until <see cref="Migration.StartAsync"/>.</summary>
    /// <exception cref="MigrationConfigurationException">A side or every entity is missing, or an option is out of range.</exception>
    public Migration Build() => BuildWith(null, null);

    /// <summary>Builds the migration; logger factory and clock of a container stand in for those that were not set.</summary>
    internal Migration BuildWith(ILoggerFactory? loggers, TimeProvider? time)
    {
        Check();
        return new Migration(new MigrationContext(
            Name, Options, Create(_source!, Side.Source), Create(_target!, Side.Target), [.. _entities.Select(create => create())],
            _time ?? time ?? TimeProvider.System, _loggers ?? loggers ?? NullLoggerFactory.Instance));
    }

    private SideDatabase Create(Func<Side, SideDatabase> create, Side side) =>
        create(side) ?? throw new MigrationConfigurationException(
            $"What makes the {side.ToWireName()} of migration '{Name}' returned null. Return the dialect's database, or call its From… and To… methods.");

    /// <summary>Checks all that can be checked without a database.</summary>
    internal void Check()
    {
        MigrationOptionsCheck.Check(Name, Options);
        if (_source is null || _target is null)
        {
            string missing = _source is null ? "source: call FromSqlite or FromPostgreSql" : "target: call ToSqlite or ToPostgreSql";
            throw new MigrationConfigurationException($"Migration '{Name}' has no {missing}.");
        }

        if (_entities.Count == 0)
        {
            throw new MigrationConfigurationException($"Migration '{Name}' has no entities. Add each with AddEntity, or all of an assembly with its generated Add…Entities method.");
        }
    }

    /// <summary>Refuses further entities: a container that is built takes no more services.</summary>
    internal void FixEntities() => _areEntitiesFixed = true;

    /// <summary>Names the generated services of every entity.</summary>
    internal void AddServices(IMigratableServices services)
    {
        foreach (Action<IMigratableServices> add in _services)
        {
            add(services);
        }
    }

    private sealed class BindingVisitor : IEntityVisitor<EntityBinding>
    {
        public EntityBinding Visit<TEntity, TKey, TMap>()
            where TEntity : notnull
            where TKey : notnull
            where TMap : IEntityMap<TEntity, TKey> => new EntityBinding<TEntity, TKey, TMap>();
    }
}
