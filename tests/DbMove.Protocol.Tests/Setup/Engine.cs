namespace DbMove.Protocol.Tests.Setup;

/// <summary>Which engines a test runs on.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
    SqliteToPostgreSql,
}
