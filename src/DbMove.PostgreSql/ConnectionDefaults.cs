using Npgsql;

namespace DbMove.PostgreSql;

/// <summary>What DbMove sets in a connection string where the user did not.</summary>
internal static class ConnectionDefaults
{
    public static string Apply(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder = new(connectionString);

        // Each statement is composed once at start, so a second use is certain and a plan per connection pays at once.
        SetUnlessGiven(builder, "Max Auto Prepare", 200);
        SetUnlessGiven(builder, "Auto Prepare Min Usages", 2);

        // Sessions change settings by SET LOCAL only, so a returned connection is clean after its rollback.
        SetUnlessGiven(builder, "No Reset On Close", true);
        SetUnlessGiven(builder, "Application Name", "DbMove");
        return builder.ConnectionString;
    }

    public static NpgsqlDataSource CreateDataSource(string connectionString)
    {
        // The slim builder leaves out type handlers that no store uses; arrays carry many rows in one statement.
        NpgsqlSlimDataSourceBuilder builder = new(connectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.EnableIntegratedSecurity();
        return builder.Build();
    }

    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        // ContainsKey says yes to every keyword that Npgsql knows; ShouldSerialize tells whether this string holds it.
        if (!builder.ShouldSerialize(keyword))
        {
            builder[keyword] = value;
        }
    }
}
