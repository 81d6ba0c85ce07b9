using DbMove.Dialects;
using DbMove.Mapping;

namespace DbMove.Runtime.Tests.Schema;

/// <summary>A side that exists only as descriptions of its tables.</summary>
internal sealed class FakeDatabase(Side side) : SideDatabase
{
    public override string Dialect => "fake";

    public override string DisplayName => "fake-" + side.ToWireName();

    public override Side Side => side;

    public override SqlSyntax Syntax { get; } = new FakeSyntax();

    public Dictionary<TableName, TableSchema> Tables { get; } = [];

    public DatabaseIdentity Identity { get; set; } = new("server", "database-" + side, MayHoldBothSides: true);

    public List<string> ServerFaults { get; } = [];

    public bool? RequiredDurability { get; private set; }

    /// <summary>Thrown when a session is opened.</summary>
    public Exception? OpenFailure { get; set; }

    /// <summary>Thrown when a table is described.</summary>
    public Exception? DescribeFailure { get; set; }

    public FailureKind? FailureKind { get; set; }

    /// <summary>What the dialect has against a column, by member.</summary>
    public Dictionary<string, string> ColumnFaults { get; } = [];

    /// <summary>The version that stands in the control tables; null: there are none.</summary>
    public long? ControlVersion { get; set; }

    public int OpenSessions { get; set; }

    /// <summary>How many sessions were opened in all.</summary>
    public int Opened { get; private set; }

    /// <summary>False in tests of the schema check, which only reads.</summary>
    public bool AllowsWriteSessions { get; init; }

    public int Disposals { get; private set; }

    public override void Attach(ControlNames control)
    {
    }

    public override ValueTask<SideSession> OpenAsync(SessionUse use, CancellationToken cancellationToken)
    {
        Assert.True(use == SessionUse.Read || AllowsWriteSessions);
        if (OpenFailure is not null)
        {
            throw OpenFailure;
        }

        OpenSessions++;
        Opened++;
        return ValueTask.FromResult<SideSession>(new FakeSession(this));
    }

    public override FailureKind? Classify(Exception exception) => exception == OpenFailure || exception == DescribeFailure ? FailureKind : null;

    public override FailureKind ClassifyCommit(Exception exception) => throw new InvalidOperationException("The check commits nothing.");

    public override Task<DatabaseIdentity> IdentifyAsync(SideSession session, CancellationToken cancellationToken) => Task.FromResult(Identity);

    public override Task<IReadOnlyList<string>> CheckServerAsync(SideSession session, ControlNames control, bool requireDurability, CancellationToken cancellationToken)
    {
        RequiredDurability = requireDurability;
        return Task.FromResult<IReadOnlyList<string>>(ServerFaults);
    }

    public override Task<TableSchema?> DescribeAsync(SideSession session, TableName table, CancellationToken cancellationToken) =>
        DescribeFailure is not null ? throw DescribeFailure
        : table.Name == "dbmove_version" && ControlVersion is not null
            ? Task.FromResult<TableSchema?>(new TableSchema { Name = table, PhysicalId = "version", Columns = [] })
            : Task.FromResult(Tables.GetValueOrDefault(table));

    public override string? CheckColumn(ColumnDescriptor column, ColumnSchema schema) => ColumnFaults.GetValueOrDefault(column.Member);

    public override Task PrepareAsync(SideSession session, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The check prepares nothing.");

    public override IEntityStore<TEntity, TKey> CreateStore<TEntity, TKey, TMap>(StoreDefinition definition) =>
        throw new InvalidOperationException("No statement is composed without a real engine.");

    public override ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }
}
