using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace DbMove.AdoNet;

/// <summary>
/// A parameter that either side's driver can be given: name, value and, where set, type and size. A parameter of a driver's
/// own may stand in its place; all that only that driver knows of it counts while its database is the authority.
/// </summary>
public sealed class DualWriteParameter : DbParameter
{
    private DbType _type = DbType.String;
    private string _name = string.Empty;
    private string _sourceColumn = string.Empty;

    /// <summary>The type; unless it is set, the driver tells it from the value.</summary>
    public override DbType DbType
    {
        get => _type;
        set => (_type, HasDbType) = (value, true);
    }

    /// <summary>Only <see cref="ParameterDirection.Input"/>: results come with <c>RETURNING</c>.</summary>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
            {
                throw new NotSupportedException($"A parameter of direction {value} is not supported. Use RETURNING, which both engines have.");
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsNullable { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string ParameterName
    {
        get => _name;
        set => _name = value ?? string.Empty;
    }

    /// <inheritdoc/>
    public override int Size { get; set; }

    /// <inheritdoc/>
    public override byte Precision { get; set; }

    /// <inheritdoc/>
    public override byte Scale { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string SourceColumn
    {
        get => _sourceColumn;
        set => _sourceColumn = value ?? string.Empty;
    }

    /// <inheritdoc/>
    public override bool SourceColumnNullMapping { get; set; }

    /// <inheritdoc/>
    public override object? Value { get; set; }

    internal bool HasDbType { get; private set; }

    /// <inheritdoc/>
    public override void ResetDbType() => (_type, HasDbType) = (DbType.String, false);
}
