namespace Dapper;

/// <summary>Stands for the package, to see that the project's PublishAot reaches the analyzers.</summary>
internal static class SqlMapper
{
    public static int Execute(string sql) => sql.Length;
}
