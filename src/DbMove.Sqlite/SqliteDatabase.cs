using System.Collections.Concurrent;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Sqlite.Schema;
using DbMove.Sqlite.Sessions;
using DbMove.Sqlite.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite;

/// <summary>A SQLite file as one side of a migration, with a pool of connections of its own.</summary>
internal sealed class SqliteDatabase(Side side, SqliteLocation location, TimeProvider? time = null) : SideDatabase
{
    private const int IdleLinks = 16;
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(10);
    private readonly ConcurrentBag<SqliteLink> _readers = [];
    private readonly ConcurrentBag<SqliteLink> _writers = [];
    private volatile bool _isDisposed;

    public override string Dialect => "sqlite";

    public override string DisplayName => location.Path;

    public override Side Side => side;

    public override SqlSyntax Syntax => SqliteSyntax.Instance;

    public WriteGate Gate { get; } = new();

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>The fence is the file's own write lock, so no name is needed.</summary>
    public override void Attach(ControlNames control) => ArgumentNullException.ThrowIfNull(control);

    public override ValueTask<SideSession> OpenAsync(SessionUse use, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        SqliteLink link = Idle(use).TryTake(out SqliteLink? idle) ? idle : Connect(use);
        link.SetBusyTimeout(s_wait);
        return ValueTask.FromResult<SideSession>(new SqliteSession(this, link));
    }

    public override FailureKind? Classify(Exception exception) => FailureClassifier.Classify(exception);

    public override FailureKind ClassifyCommit(Exception exception) => FailureClassifier.ClassifyCommit(exception);

    public override Task<DatabaseIdentity> IdentifyAsync(SideSession session, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(
            false,
            static (link, _) =>
            {
                string path = FileIdentity.PathOf(link.Handle);
                return new DatabaseIdentity(FileIdentity.Read(path), path, MayHoldBothSides: false);
            },
            cancellationToken);

    public override Task<IReadOnlyList<string>> CheckServerAsync(SideSession session, ControlNames control, bool requireDurability, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(false, (link, token) => ServerCheck.Run(link, requireDurability, token), cancellationToken);

    public override Task<TableSchema?> DescribeAsync(SideSession session, TableName table, CancellationToken cancellationToken) =>
        SqliteSession.Of(session).RunAsync(false, (link, token) => new TableDescriber(link, token).Describe(table), cancellationToken);

    public override string? CheckColumn(ColumnDescriptor column, ColumnSchema schema) => ColumnCheck.Run(column, schema, side);

    public override async Task PrepareAsync(SideSession session, CancellationToken cancellationToken)
    {
        if (session.InTransaction)
        {
            throw new InvalidOperationException("The write-ahead log cannot be turned on inside a transaction.");
        }

        if (!await Gate.EnterAsync(s_wait, cancellationToken).ConfigureAwait(false))
        {
            throw new SqliteLockTimeoutException(DisplayName, s_wait, isHeldInThisProcess: true);
        }

        List<string> modes;
        try
        {
            modes = await session.QueryAsync("PRAGMA journal_mode = WAL", default, static row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Gate.Leave();
        }

        if (modes is not ["wal"])
        {
            throw new SqliteException(
                $"'{DisplayName}' cannot use the write-ahead log (its journal mode stays '{modes.FirstOrDefault()}'). Keep the file on a local disk.", raw.SQLITE_IOERR);
        }
    }

    public override IEntityStore<TEntity, TKey> CreateStore<TEntity, TKey, TMap>(StoreDefinition definition) =>
        new SqliteStore<TEntity, TKey, TMap>(definition);

    public override ValueTask DisposeAsync()
    {
        _isDisposed = true;
        Close(_readers);
        Close(_writers);
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes a clean connection back.</summary>
    internal void Return(SqliteLink link, bool isUsable)
    {
        ConcurrentBag<SqliteLink> idle = Idle(link.Use);
        if (!isUsable || _isDisposed || idle.Count >= IdleLinks)
        {
            link.Dispose();
            return;
        }

        idle.Add(link);
        if (_isDisposed)
        {
            Close(idle);
        }
    }

    private static void Close(ConcurrentBag<SqliteLink> idle)
    {
        while (idle.TryTake(out SqliteLink? link))
        {
            link.Dispose();
        }
    }

    private ConcurrentBag<SqliteLink> Idle(SessionUse use) => use == SessionUse.Write ? _writers : _readers;

    private SqliteLink Connect(SessionUse use)
    {
        if (!File.Exists(location.Path))
        {
            throw new SqliteException(
                $"The SQLite file '{location.Path}' does not exist. Correct the path, or create the file with its tables first: DbMove never creates a database.", raw.SQLITE_CANTOPEN);
        }

        SqliteConnection connection = new(location.ConnectionString);
        bool isDone = false;
        try
        {
            connection.Open();

            // Before the first statement: another process, or the turn to write-ahead logging, may hold the file for a moment.
            _ = raw.sqlite3_busy_timeout(connection.Handle, (int)s_wait.TotalMilliseconds);
            using SqliteCommand command = connection.CreateCommand();
            // A commit is on the disk before it is reported. A reader that tries to write is a bug and is told so.
            command.CommandText = use == SessionUse.Write
                ? "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;"
                : "PRAGMA synchronous = FULL; PRAGMA query_only = ON;";
            command.ExecuteNonQuery();
            isDone = true;
            return new SqliteLink(connection, use);
        }
        finally
        {
            if (!isDone)
            {
                connection.Dispose();
            }
        }
    }
}
