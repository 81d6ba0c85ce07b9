using System.Data.Common;

namespace DbMove.AdoNet.Execution;

/// <summary>One command, or one command of a batch, as the caller set it up.</summary>
/// <param name="Text">Its text.</param>
/// <param name="TargetText">Its text where the target is the authority; null: see <see cref="DualWriteDataSourceOptions.TargetText"/>.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Timeout">In seconds; 0: none.</param>
/// <param name="IsPrepared">Whether it is prepared before it runs.</param>
internal sealed record CommandPart(string Text, string? TargetText, IReadOnlyList<DbParameter> Parameters, int Timeout, bool IsPrepared)
{
    /// <summary>Adds parameters whose form depends on the side; null: there are none.</summary>
    public Action<Side, DbCommand>? Bind { get; init; }
}
