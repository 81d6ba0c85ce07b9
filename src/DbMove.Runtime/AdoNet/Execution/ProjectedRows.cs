using System.Data.Common;
using DbMove.Mapping;

namespace DbMove.AdoNet.Execution;

/// <summary>Rows that become single values, or records of some columns.</summary>
internal sealed class ProjectedRows<T>(SqlStatement statement, Func<SqlRow, T> read) : RowSource<T>
{
    public override Func<T> Open(DbDataReader reader, Side side, int skip)
    {
        int[] positions = statement.Columns.IsEmpty ? [skip] : [.. statement.Columns.Select(column => Place(reader, column, side, skip))];
        if (reader.FieldCount <= skip)
        {
            throw new InvalidOperationException($"The statement of {statement.Method} returns no column.");
        }

        SqlRow row = new(reader, side, positions);
        return () => read(row);
    }

    private int Place(DbDataReader reader, SqlResultColumn column, Side side, int skip)
    {
        int place = column.On(side) is { } name ? Find(reader, name, skip, ignoreUnderscores: false) : -1;
        place = place >= 0 ? place : Find(reader, column.Member, skip, ignoreUnderscores: true);
        return place >= 0 ? place : throw new InvalidOperationException(
            $"The result of {statement.Method} has no column for {column.Member}. Give one of its columns that name: SELECT … AS {column.Member}.");
    }
}
