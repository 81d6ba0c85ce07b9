namespace OrderService.Databases;

/// <summary>The configuration's section <c>Databases</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Databases";

    /// <summary>Where the shop's tables are now: <c>sqlite:&lt;file&gt;</c> or <c>postgres:&lt;connection string&gt;</c>.</summary>
    public string Source { get; set; } = "sqlite:data/source.db";

    /// <summary>Where they go to; written as <see cref="Source"/>.</summary>
    public string Target { get; set; } = "sqlite:data/target.db";

    /// <summary>Whether missing tables are made at start. Default: in SQLite only; a server's schema is somebody's own business.</summary>
    public bool? CreateTables { get; set; }
}
