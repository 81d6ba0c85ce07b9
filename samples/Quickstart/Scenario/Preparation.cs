using DbMove;
using Quickstart.Databases;
using Quickstart.Options;
using Quickstart.Seeding;
using Quickstart.Shop;

namespace Quickstart.Scenario;

/// <summary>Looks at both databases first, and only then makes the shop: a refusal leaves nothing behind.</summary>
internal sealed class Preparation(QuickstartOptions options, Workplace workplace)
{
    private readonly List<ShopDatabase> _created = [];
    private bool _filled;
    private SideState? _sourceState;
    private SideState? _targetState;

    public ShopDatabase Source { get; } = Create(Side.Source, workplace.Source);

    public ShopDatabase Target { get; } = Create(Side.Target, workplace.Target);

    /// <summary>Decides what the run is going to be.</summary>
    /// <exception cref="UsageException">It cannot be; nothing was changed.</exception>
    public async Task<RunRecord> DecideAsync(CancellationToken cancellationToken)
    {
        if (options.Source is null)
        {
            // Both files are new, and so is their folder.
            _sourceState = _targetState = new SideState(HasTables: false, HasRows: false, MigrationStage: null, string.Empty);
            return New();
        }

        _sourceState = await Source.InspectAsync(cancellationToken);
        _targetState = await Target.InspectAsync(cancellationToken);
        if (_sourceState.Identity == _targetState.Identity)
        {
            throw new UsageException($"The source ({Source.Name}) and the target ({Target.Name}) are the same database; name two.");
        }

        return options.Resume ? Resumed() : await FreshAsync(cancellationToken);
    }

    /// <summary>Makes what is missing: tables on both sides, rows in the source.</summary>
    public async Task PrepareAsync(RunRecord record, SeededShop shop, CancellationToken cancellationToken)
    {
        if (record.Done.Count > 0 || options.Resume)
        {
            return;
        }

        workplace.Clear();
        workplace.Write(record);
        await CreateAsync(Source, _sourceState!, cancellationToken);
        await CreateAsync(Target, _targetState!, cancellationToken);
        if (!_sourceState!.HasRows)
        {
            _filled = true;
            await Source.FillAsync(shop, cancellationToken);
        }
    }

    /// <summary>Takes back what <see cref="PrepareAsync"/> made, when the migration is refused.</summary>
    public async Task UndoAsync()
    {
        if (_filled && !_created.Contains(Source))
        {
            await Source.EmptyTablesAsync(CancellationToken.None);
        }

        foreach (ShopDatabase database in _created)
        {
            await database.DropTablesAsync(CancellationToken.None);
        }

        if (!options.Resume)
        {
            workplace.Remove();
        }
    }

    private static ShopDatabase Create(Side side, DatabaseAddress address) =>
        address.IsSqlite ? new SqliteShopDatabase(side, address) : new PostgreSqlShopDatabase(side, address);

    private RunRecord New() => new()
    {
        Source = workplace.Source.Name,
        Target = workplace.Target.Name,
        Rows = options.Rows ?? QuickstartOptions.DefaultRows,
        Writers = options.Writers ?? QuickstartOptions.DefaultWriters,
        Seed = options.Seed ?? QuickstartOptions.DefaultSeed,
    };

    private async Task<RunRecord> FreshAsync(CancellationToken cancellationToken)
    {
        if ((_sourceState!.MigrationStage ?? _targetState!.MigrationStage) is { } stage)
        {
            string side = _sourceState.MigrationStage is null ? Target.Title : Source.Title;
            throw new UsageException($"The {side} already has a migration '{ShopMigration.Name}' in stage {stage}; go on with it by --resume if that run was interrupted, or name other databases.");
        }

        if (_targetState!.HasRows)
        {
            throw new UsageException($"The {Target.Title} already has rows of the shop; empty its tables, go on with an interrupted run by --resume, or name another database.");
        }

        RunRecord record = New();
        if (_sourceState.HasRows)
        {
            await CheckSeededAsync(new SeededShop(record.Seed, record.Rows), cancellationToken);
        }

        return record;
    }

    private RunRecord Resumed()
    {
        RunRecord record = workplace.Read()
            ?? throw new UsageException($"There is no interrupted run between {Source.Name} and {Target.Name} to resume: its record is not in {workplace.Folder}.");
        if (record.Done.Contains("traffic on the target"))
        {
            throw new UsageException($"The run between {Source.Name} and {Target.Name} is finished, and there is nothing to resume; name other databases.");
        }

        if (!_sourceState!.HasRows || !_targetState!.HasTables || !File.Exists(workplace.LedgerPath))
        {
            throw new UsageException($"The interrupted run between {Source.Name} and {Target.Name} ended before its shop was ready; drop its tables and start it anew, without --resume.");
        }

        RunRecord asked = New();
        return (options.Rows ?? record.Rows, options.Writers ?? record.Writers, options.Seed ?? record.Seed) == (record.Rows, record.Writers, record.Seed)
            ? record
            : throw new UsageException($"The interrupted run has --rows {record.Rows} --writers {record.Writers} --seed {record.Seed}; resume it with these, or without them.");
    }

    /// <summary>Rows that are there already must be the seeded shop's, or the end could not be checked.</summary>
    private async Task CheckSeededAsync(SeededShop shop, CancellationToken cancellationToken)
    {
        foreach (ShopTable table in ShopSql.Tables)
        {
            using IEnumerator<object> expected = shop.Rows(table).GetEnumerator();
            await foreach (object row in Source.ReadAsync(table, cancellationToken))
            {
                if (!expected.MoveNext() || !expected.Current.Equals(row))
                {
                    throw NotSeeded(shop);
                }
            }

            if (expected.MoveNext())
            {
                throw NotSeeded(shop);
            }
        }
    }

    private UsageException NotSeeded(SeededShop shop) =>
        new($"The {Source.Title} has rows that are not this sample's shop with --rows {shop.Orders} --seed {shop.Seed}; drop customers, orders and order_lines there, or name another database.");

    private async Task CreateAsync(ShopDatabase database, SideState state, CancellationToken cancellationToken)
    {
        if (!state.HasTables)
        {
            await database.CreateTablesAsync(cancellationToken);
            _created.Add(database);
        }
    }
}
