using System.Data;
using System.Data.Common;
using System.Globalization;
using DbMove.Dialects;

namespace DbMove.Runtime.Tests.Schema;

/// <summary>A session that only answers which version the control tables have; every write is an error.</summary>
internal sealed class FakeSession(FakeDatabase database) : SideSession
{
    public override SideDatabase Database => database;

    public override bool InTransaction => false;

    public override Task<List<T>> QueryAsync<T>(string sql, ReadOnlyMemory<SqlArgument> arguments, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        using DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("version", typeof(long));
        table.Rows.Add(database.ControlVersion);
        using DataTableReader reader = table.CreateDataReader();
        reader.Read();
        return Task.FromResult<List<T>>([read(reader)]);
    }

    public override ValueTask BeginAsync(TransactionStart start, CancellationToken cancellationToken) => throw Unexpected();

    public override ValueTask LockKeysAsync(IReadOnlyList<int> stripes, CancellationToken cancellationToken) => throw Unexpected();

    public override ValueTask FlushAsync(CancellationToken cancellationToken) => throw Unexpected();

    public override ValueTask CommitAsync(CancellationToken cancellationToken) => throw Unexpected();

    public override ValueTask RollbackAsync() => throw Unexpected();

    public override Task<int> ExecuteAsync(string sql, ReadOnlyMemory<SqlArgument> arguments, CancellationToken cancellationToken) => throw Unexpected();

    public override ValueTask DisposeAsync()
    {
        database.OpenSessions--;
        return ValueTask.CompletedTask;
    }

    private static InvalidOperationException Unexpected() => new("The schema check changes nothing.");
}
