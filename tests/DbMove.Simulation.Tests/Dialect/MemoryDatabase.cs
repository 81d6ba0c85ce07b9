using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Dialect;

/// <summary>The dialect of the simulated server, as one process uses it for one side.</summary>
internal sealed class MemoryDatabase(World world, Process process, Side side) : SideDatabase
{
    private static readonly ColumnSchema[] s_columns =
    [
        new() { Name = "id", DeclaredType = "number", Kind = StorageKind.Integer, Bits = 64 },
        new() { Name = "value", DeclaredType = "number", Kind = StorageKind.Integer, Bits = 64 },
        new() { Name = "slot", DeclaredType = "number", Kind = StorageKind.Integer, Bits = 64, IsNullable = true },
    ];

    public World World { get; } = world;

    public Actor Actor { get; } = process.Actor;

    public MemoryServer Server { get; } = world.Servers[(int)side];

    public override string Dialect => "memory";

    public override string DisplayName => Side.ToString();

    public override Side Side { get; } = side;

    public override SqlSyntax Syntax => MemorySyntax.Instance;

    /// <summary>The table of the items, as a catalogue would describe it.</summary>
    public static TableSchema Items(Side side) => new()
    {
        Name = new TableName(null, "item"), PhysicalId = side + ".item", Columns = s_columns, PrimaryKey = ["id"],
        UniqueIndexes = [new UniqueIndexSchema("item_slot", ["slot"], IsPartial: false)],
    };

    public override void Attach(ControlNames control)
    {
        // One migration, one fence a server.
    }

    public override ValueTask<SideSession> OpenAsync(SessionUse use, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MemorySession session = Actor.IsDead ? throw new CrashedException()
            : Server.IsDown ? throw new MemoryFailure(FailureKind.Availability, "the server is away")
            : new MemorySession(this) { IsVisit = Visit.Current is { IsOver: false } };
        if (session.IsVisit)
        {
            Visit.Current!.Session = session;
        }

        return ValueTask.FromResult<SideSession>(session);
    }

    public override FailureKind? Classify(Exception exception) => (exception as MemoryFailure)?.Kind;

    public override FailureKind ClassifyCommit(Exception exception) => (exception as MemoryFailure)?.Kind ?? FailureKind.UnknownOutcome;

    public override Task<DatabaseIdentity> IdentifyAsync(SideSession session, CancellationToken cancellationToken) =>
        Task.FromResult(new DatabaseIdentity(Side.ToString(), Side.ToString(), MayHoldBothSides: false));

    public override Task<IReadOnlyList<string>> CheckServerAsync(SideSession session, ControlNames control, bool requireDurability, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public override Task<TableSchema?> DescribeAsync(SideSession session, TableName table, CancellationToken cancellationToken) =>
        Task.FromResult(
            !Server.Tables.ContainsKey(table.Name) ? null
            : table.Name == "item" ? Items(Side)
            : new TableSchema { Name = table, PhysicalId = $"{Side}.{table.Name}", Columns = [] });

    public override string? CheckColumn(ColumnDescriptor column, ColumnSchema schema) => null;

    public override Task PrepareAsync(SideSession session, CancellationToken cancellationToken) => Task.CompletedTask;

    public override IEntityStore<TEntity, TKey> CreateStore<TEntity, TKey, TMap>(StoreDefinition definition) =>
        (IEntityStore<TEntity, TKey>)(object)new ItemStore(definition);

    public override ValueTask DisposeAsync() => default;

    public Transaction Begin()
    {
        Transaction transaction = Server.Begin(Actor);
        transaction.Tag = process.Tag;
        return transaction;
    }
}
