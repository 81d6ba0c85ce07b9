namespace DbMove.Crash.Tests.Setup;

/// <summary>What both sides of a cell are.</summary>
public enum Engine
{
    PostgreSql,
    Sqlite,
}
