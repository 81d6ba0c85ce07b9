namespace DbMove.Sqlite.Sessions;

/// <summary>A statement's text with an identity of its own, so that finding its prepared form hashes a reference and not the text.</summary>
internal sealed class StatementText(string sql)
{
    public string Sql { get; } = sql;

    public override string ToString() => Sql;
}
