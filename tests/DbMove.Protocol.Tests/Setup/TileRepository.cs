namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements on structs whose key is of two columns.</summary>
public sealed partial class TileRepository
{
    [Sql("""UPDATE "Tile" SET height = height + @by, colour = @colour WHERE x = @x""",
        Target = "UPDATE tiles SET height = height + @by, colour = @colour WHERE across = @x")]
    public partial Task<IReadOnlyList<Tile>> RaiseAsync(int x, long by, Carriage colour, DualWriteTransaction? transaction = null);

    [Sql("""UPDATE "Tile" AS t SET height = @height WHERE t.x = @x AND t.y = @y""",
        Target = "UPDATE tiles AS t SET height = @height WHERE t.across = @x AND t.y = @y")]
    public partial Task<Tile?> SetAsync(int x, int y, long height, DualWriteTransaction? transaction = null);

    [Sql("""INSERT INTO "Tile" (x, y, colour, height) SELECT x + @by, y, colour, height FROM "Tile" """,
        Target = "INSERT INTO tiles (across, y, colour, height) SELECT across + @by, y, colour, height FROM tiles")]
    public partial Task<int> CopyAsync(int by, DualWriteTransaction? transaction = null);

    [Sql("""DELETE FROM "Tile" WHERE height < @least""", Target = "DELETE FROM tiles WHERE height < @least")]
    public partial Task<IReadOnlyList<Tile>> DeleteLowAsync(long least, DualWriteTransaction? transaction = null);

    [Sql("""SELECT * FROM "Tile" WHERE x = @x AND y = @y""", Target = "SELECT * FROM tiles WHERE across = @x AND y = @y")]
    public partial Task<Tile?> FindOneAsync(int x, int y, DualWriteTransaction? transaction = null);

    [Sql("""SELECT * FROM "Tile" ORDER BY x, y""", Target = "SELECT * FROM tiles ORDER BY across, y")]
    public partial IAsyncEnumerable<Tile> StreamAsync(DualWriteTransaction? transaction = null);
}
