namespace DbMove.Protocol.Tests.Setup;

/// <summary>The engines as theory data.</summary>
public static class Engines
{
    public static TheoryData<Engine> All => [Engine.Sqlite, Engine.PostgreSql, Engine.SqliteToPostgreSql];

    public static TheoryData<Engine> PostgreSqlTarget => [Engine.PostgreSql, Engine.SqliteToPostgreSql];
}
