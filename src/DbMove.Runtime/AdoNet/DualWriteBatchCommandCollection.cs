using System.Data.Common;

namespace DbMove.AdoNet;

/// <summary>The commands of a <see cref="DualWriteBatch"/>, in order.</summary>
public sealed class DualWriteBatchCommandCollection : DbBatchCommandCollection
{
    private readonly List<DualWriteBatchCommand> _commands = [];

    internal DualWriteBatchCommandCollection()
    {
    }

    /// <inheritdoc/>
    public override int Count => _commands.Count;

    /// <inheritdoc/>
    public override bool IsReadOnly => false;

    /// <inheritdoc/>
    public override void Add(DbBatchCommand item) => _commands.Add(Require(item));

    /// <inheritdoc/>
    public override void Clear() => _commands.Clear();

    /// <inheritdoc/>
    public override bool Contains(DbBatchCommand item) => item is DualWriteBatchCommand command && _commands.Contains(command);

    /// <inheritdoc/>
    public override void CopyTo(DbBatchCommand[] array, int arrayIndex)
    {
        ArgumentNullException.ThrowIfNull(array);
        foreach (DualWriteBatchCommand command in _commands)
        {
            array[arrayIndex++] = command;
        }
    }

    /// <inheritdoc/>
    public override IEnumerator<DbBatchCommand> GetEnumerator() => _commands.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(DbBatchCommand item) => item is DualWriteBatchCommand command ? _commands.IndexOf(command) : -1;

    /// <inheritdoc/>
    public override void Insert(int index, DbBatchCommand item) => _commands.Insert(index, Require(item));

    /// <inheritdoc/>
    public override bool Remove(DbBatchCommand item) => item is DualWriteBatchCommand command && _commands.Remove(command);

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _commands.RemoveAt(index);

    internal IEnumerable<DualWriteBatchCommand> Typed() => _commands;

    /// <inheritdoc/>
    protected override DbBatchCommand GetBatchCommand(int index) => _commands[index];

    /// <inheritdoc/>
    protected override void SetBatchCommand(int index, DbBatchCommand batchCommand) => _commands[index] = Require(batchCommand);

    private static DualWriteBatchCommand Require(DbBatchCommand item) =>
        item as DualWriteBatchCommand ?? throw new ArgumentException("Only commands of DbBatch.CreateBatchCommand can be added.", nameof(item));
}
