namespace DbMove.AdoNet;

/// <summary>Checks a data source's options: one error that names every value out of range.</summary>
internal static class DataSourceOptionsCheck
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    /// <exception cref="MigrationConfigurationException">A value is out of range.</exception>
    public static void Check(string migration, DualWriteDataSourceOptions options)
    {
        List<string> wrong = [];
        if (!Enum.IsDefined(options.UnsafeStatements))
        {
            wrong.Add($"UnsafeStatements is {options.UnsafeStatements}, which is no such value");
        }

        if (!Enum.IsDefined(options.OtherTables))
        {
            wrong.Add($"OtherTables is {options.OtherTables}, which is no such value");
        }

        if (options.CloseTimeout < TimeSpan.Zero || options.CloseTimeout > s_longest)
        {
            wrong.Add($"CloseTimeout is {options.CloseTimeout}, and must be between {TimeSpan.Zero} and {s_longest}");
        }

        if (wrong.Count > 0)
        {
            throw new MigrationConfigurationException($"The data source options of migration '{migration}' cannot work: {string.Join("; ", wrong)}.");
        }
    }
}
