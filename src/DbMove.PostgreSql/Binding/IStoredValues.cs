using NpgsqlTypes;

namespace DbMove.PostgreSql.Binding;

/// <summary>
/// Takes values in the form the server stores: dates and times as its own counts since 2000. Implemented as structs by
/// parameters, arrays and the COPY buffer, so that one conversion serves all three.
/// </summary>
internal interface IStoredValues
{
    void PutNull(ColumnBinding column);

    void Put(ColumnBinding column, bool value);

    void Put(ColumnBinding column, short value);

    void Put(ColumnBinding column, int value);

    /// <summary>A bigint, or microseconds of a timestamp or time.</summary>
    void Put(ColumnBinding column, long value);

    void Put(ColumnBinding column, decimal value);

    void Put(ColumnBinding column, float value);

    void Put(ColumnBinding column, double value);

    void Put(ColumnBinding column, string value);

    void Put(ColumnBinding column, Guid value);

    void Put(ColumnBinding column, NpgsqlInterval value);

    void Put(ColumnBinding column, byte[] value);
}
