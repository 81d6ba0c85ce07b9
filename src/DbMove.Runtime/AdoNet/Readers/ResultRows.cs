using System.Data.Common;

namespace DbMove.AdoNet.Readers;

/// <summary>The rows of one result, as the driver gave them.</summary>
internal sealed class ResultRows
{
    private ResultRows(ResultColumn[] columns) => Columns = columns;

    public ResultColumn[] Columns { get; }

    public List<object[]> Rows { get; } = [];

    /// <summary>A result without rows yet, of the columns from a place on.</summary>
    public static ResultRows Describe(DbDataReader reader, int skip)
    {
        ResultColumn[] columns = new ResultColumn[reader.FieldCount - skip];
        for (int index = 0; index < columns.Length; index++)
        {
            columns[index] = new ResultColumn(reader.GetName(index + skip), reader.GetDataTypeName(index + skip), reader.GetFieldType(index + skip));
        }

        return new ResultRows(columns);
    }

    /// <summary>Takes the reader's row.</summary>
    public void Add(DbDataReader reader, int skip)
    {
        object[] row = new object[Columns.Length];
        for (int index = 0; index < row.Length; index++)
        {
            row[index] = reader.GetValue(index + skip);
        }

        Rows.Add(row);
    }
}
