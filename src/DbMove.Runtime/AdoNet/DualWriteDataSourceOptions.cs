namespace DbMove;

/// <summary>How a <see cref="DualWriteDataSource"/> behaves.</summary>
public sealed class DualWriteDataSourceOptions
{
    /// <summary>What is done with a statement of which nothing tells the rows that it changes. Default: <see cref="UnsafeStatements.Refuse"/>.</summary>
    public UnsafeStatements UnsafeStatements { get; set; } = UnsafeStatements.Refuse;

    /// <summary>What is done with a write to a table that is no entity of the migration. Default: <see cref="OtherTables.Refuse"/>.</summary>
    public OtherTables OtherTables { get; set; } = OtherTables.Refuse;

    /// <summary>
    /// Gives the text of a command for the target, where that is the authority: another engine, or other names of tables and
    /// columns. Default: none, the same text. <see cref="AdoNet.DualWriteCommand.TargetCommandText"/> goes before it. Called
    /// often and by several threads, so it must be fast and always give the same.
    /// </summary>
    public Func<string, string>? TargetText { get; set; }

    /// <summary>
    /// Functions of the databases' own, or of extensions, that write nothing, by name, with the schema or without; case does not matter.
    /// A query that calls a function which DbMove does not know runs read-only by the server's word, which costs two round trips; one
    /// that calls these does not. Danger: the rows that such a function writes nevertheless stay behind at the switch. Default: none.
    /// </summary>
    public ISet<string> ReadOnlyFunctions { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long closing the data source waits for commands and transactions in flight. Default 30 s; up to 10 min.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
