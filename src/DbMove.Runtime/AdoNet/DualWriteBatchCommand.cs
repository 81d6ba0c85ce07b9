using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DbMove.AdoNet.Execution;

namespace DbMove.AdoNet;

/// <summary>A command of a <see cref="DualWriteBatch"/>.</summary>
public sealed class DualWriteBatchCommand : DbBatchCommand
{
    private readonly DualWriteParameterCollection _parameters = [];
    private string _text = string.Empty;

    /// <summary>The text, in the words of the authority's engine.</summary>
    [AllowNull]
    public override string CommandText
    {
        get => _text;
        set => _text = value ?? string.Empty;
    }

    /// <summary>See <see cref="DualWriteCommand.TargetCommandText"/>.</summary>
    public string? TargetCommandText { get; set; }

    /// <summary>Only <see cref="CommandType.Text"/>; see <see cref="DualWriteCommand.CommandType"/>.</summary>
    /// <exception cref="NotSupportedException">It is another one.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set => CommandKind.Require(value, _text);
    }

    /// <summary>Not counted for the commands of a batch one by one: -1.</summary>
    public override int RecordsAffected => -1;

    /// <inheritdoc/>
    public override bool CanCreateParameter => true;

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => _parameters;

    /// <inheritdoc/>
    public override DbParameter CreateParameter() => new DualWriteParameter();

    internal CommandPart ToPart(int timeout, bool isPrepared) => new(_text, TargetCommandText, _parameters.Snapshot(), timeout, isPrepared);
}
