namespace DbMove.Migrations.Tests.Databases;

/// <summary>A database engine that a test runs on.</summary>
public enum Engine
{
    Sqlite,
    PostgreSql,
}
