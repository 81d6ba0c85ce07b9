namespace DbMove.Sqlite.Values;

/// <summary>Where a value goes in one of SQLite's storage classes: a parameter of a statement of DbMove's, or one of the driver's.</summary>
internal interface IStoredPlace
{
    /// <summary>The mapped column whose values these are.</summary>
    StoredColumn Column { get; }

    void PutNull();

    void PutInteger(long value);

    void PutReal(double value);

    /// <exception cref="System.Text.EncoderFallbackException">It holds half of a surrogate pair.</exception>
    void PutText(string value);

    void PutText(ReadOnlySpan<byte> utf8);

    void PutBlob(byte[] value);
}
