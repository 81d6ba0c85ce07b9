namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>The ways to give a text to something that runs it. <c>{text}</c> stands for the text.</summary>
internal static class SqlForms
{
    public static IReadOnlyList<(string Name, string Rule, string Code)> Plain { get; } =
    [
        ("DbCommand.CommandText", "DBM2001", "await using DbCommand command = connection.CreateCommand(); command.CommandText = {text}; await command.ExecuteNonQueryAsync();"),
        ("IDbCommand.CommandText", "DBM2001", "using IDbCommand command = bare.CreateCommand(); command.CommandText = {text}; command.ExecuteScalar();"),
        ("CommandText in an initializer", "DBM2001", "await using NpgsqlCommand command = new() { Connection = npgsql, CommandText = {text} }; await command.ExecuteNonQueryAsync();"),
        ("new SqliteCommand(text, …)", "DBM2001", "using var command = new SqliteCommand({text}, sqlite); command.ExecuteNonQuery();"),
        ("new NpgsqlCommand(text, …)", "DBM2001", "await using var command = new NpgsqlCommand({text}, npgsql); await using var reader = await command.ExecuteReaderAsync();"),
        ("DbDataSource.CreateCommand(text)", "DBM2001", "await using DbCommand command = source.CreateCommand({text}); await command.ExecuteNonQueryAsync();"),
        ("NpgsqlDataSource.CreateCommand(text)", "DBM2001", "await using var command = npgsqlSource.CreateCommand({text}); await command.ExecuteNonQueryAsync();"),
        ("DbBatchCommand.CommandText", "DBM2001", "await using DbBatch batch = connection.CreateBatch(); DbBatchCommand part = batch.CreateBatchCommand(); part.CommandText = {text}; batch.BatchCommands.Add(part);"),
        ("new NpgsqlBatchCommand(text)", "DBM2001", "await using var batch = new NpgsqlBatch(npgsql) { BatchCommands = { new NpgsqlBatchCommand({text}) } }; await batch.ExecuteNonQueryAsync();"),
        ("Dapper Execute", "DBM2002", "connection.Execute({text}, new { id = 1, customer = input });"),
        ("Dapper ExecuteAsync", "DBM2002", "await sqlite.ExecuteAsync({text});"),
        ("Dapper Query", "DBM2002", "var rows = bare.Query<long>({text}).ToList();"),
        ("Dapper QueryAsync", "DBM2002", "var rows = await npgsql.QueryAsync({text}, new { id = 1 });"),
        ("Dapper QuerySingle and its like", "DBM2002", "long id = await connection.QueryFirstOrDefaultAsync<long>({text}) + connection.QuerySingle<long>(\"SELECT 1\");"),
        ("Dapper ExecuteScalar", "DBM2002", "var id = await connection.ExecuteScalarAsync<long>({text});"),
        ("Dapper ExecuteReader", "DBM2002", "using var reader = connection.ExecuteReader({text});"),
        ("Dapper QueryMultiple", "DBM2002", "using var grid = await connection.QueryMultipleAsync({text});"),
        ("Dapper CommandDefinition", "DBM2002", "var definition = new CommandDefinition({text}, cancellationToken: token); await connection.ExecuteAsync(definition);"),
        ("EF Core ExecuteSqlRaw", "DBM2005", "await notes.Database.ExecuteSqlRawAsync({text}, token);"),
        ("EF Core SqlQueryRaw", "DBM2005", "var ids2 = await notes.Database.SqlQueryRaw<long>({text}).ToListAsync(token);"),
        ("EF Core FromSqlRaw", "DBM2005", "var found = await notes.Notes.FromSqlRaw({text}).ToListAsync(token);"),
    ];

    public static IReadOnlyList<(string Name, string Rule, string Code)> Copies { get; } =
    [
        ("Npgsql BeginBinaryImport", "DBM2006", "await using var import = await npgsql.BeginBinaryImportAsync({text}, token);"),
        ("Npgsql BeginTextImport", "DBM2006", "using var import = npgsql.BeginTextImport({text});"),
        ("Npgsql BeginRawBinaryCopy", "DBM2006", "await using var import = await npgsql.BeginRawBinaryCopyAsync({text}, token);"),
    ];

    /// <summary>Those that take the values of an interpolated string for parameters.</summary>
    public static IReadOnlyList<(string Name, string Rule, string Code)> Interpolated { get; } =
    [
        ("EF Core ExecuteSql", "DBM2005", "await notes.Database.ExecuteSqlAsync({text}, token);"),
        ("EF Core ExecuteSqlInterpolated", "DBM2005", "notes.Database.ExecuteSqlInterpolated({text});"),
        ("EF Core FromSql", "DBM2005", "var found = await notes.Notes.FromSql({text}).ToListAsync(token);"),
    ];
}
