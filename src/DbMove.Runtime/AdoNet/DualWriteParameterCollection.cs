using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace DbMove.AdoNet;

/// <summary>The parameters of a command. Takes <see cref="DualWriteParameter"/> and parameters of a driver's own.</summary>
[SuppressMessage("Design", "CA1010:Generic interface should also be implemented", Justification = "ADO.NET's base class is what code is written against.")]
public sealed class DualWriteParameterCollection : DbParameterCollection
{
    private readonly List<DbParameter> _parameters = [];

    internal DualWriteParameterCollection()
    {
    }

    /// <inheritdoc/>
    public override int Count => _parameters.Count;

    /// <inheritdoc/>
    public override object SyncRoot => ((ICollection)_parameters).SyncRoot;

    /// <inheritdoc/>
    public override int Add(object value)
    {
        _parameters.Add(Require(value));
        return _parameters.Count - 1;
    }

    /// <summary>Adds a parameter of a name and a value.</summary>
    public DualWriteParameter AddWithValue(string parameterName, object? value)
    {
        DualWriteParameter parameter = new() { ParameterName = parameterName, Value = value };
        _parameters.Add(parameter);
        return parameter;
    }

    /// <inheritdoc/>
    public override void AddRange(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (object value in values)
        {
            Add(value);
        }
    }

    /// <inheritdoc/>
    public override void Clear() => _parameters.Clear();

    /// <inheritdoc/>
    public override bool Contains(object value) => value is DbParameter parameter && _parameters.Contains(parameter);

    /// <inheritdoc/>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(object value) => value is DbParameter parameter ? _parameters.IndexOf(parameter) : -1;

    /// <inheritdoc/>
    public override int IndexOf(string parameterName)
    {
        ReadOnlySpan<char> name = Bare(parameterName);
        for (int index = 0; index < _parameters.Count; index++)
        {
            if (name.Equals(Bare(_parameters[index].ParameterName), StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override void Insert(int index, object value) => _parameters.Insert(index, Require(value));

    /// <inheritdoc/>
    public override void Remove(object value)
    {
        if (value is DbParameter parameter)
        {
            _parameters.Remove(parameter);
        }
    }

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    /// <inheritdoc/>
    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(Require(parameterName));

    internal DbParameter[] Snapshot() => [.. _parameters];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => _parameters[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => _parameters[Require(parameterName)];

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = Require(value);

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) => _parameters[Require(parameterName)] = Require(value);

    // Drivers take a name with its mark and without.
    private static ReadOnlySpan<char> Bare(string name) => name.AsSpan().TrimStart("@:$");

    private static DbParameter Require(object value) =>
        value as DbParameter ?? throw new ArgumentException("Only parameters can be added. Make one with DbCommand.CreateParameter.", nameof(value));

    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "What every driver throws here.")]
    private int Require(string parameterName) =>
        IndexOf(parameterName) is >= 0 and int index ? index : throw new IndexOutOfRangeException($"There is no parameter '{parameterName}'.");
}
