namespace DbMove.Migrations.Tests.Chinook.FromPostgreSql;

/// <summary>The traffic on the eleven tables, through the repositories generated for these entities.</summary>
internal static class Traffic
{
    private const int Own = 1_000_000;

    // Umlauts, other scripts, a character beyond the basic plane, a quote and a trailing blank: all must arrive unchanged.
    private const string Name = "Ünïcödé “Ωß” 測試 🎵 o'k ";
    private static readonly DateTime Day = new(2024, 5, 1, 12, 30, 45, 123, DateTimeKind.Utc);

    public static MigrationBuilder AddChinook(this MigrationBuilder builder) => builder
        .AddEntity<Album>().AddEntity<Artist>().AddEntity<Customer>().AddEntity<Employee>().AddEntity<Genre>().AddEntity<Invoice>()
        .AddEntity<InvoiceLine>().AddEntity<MediaType>().AddEntity<Playlist>().AddEntity<PlaylistTrack>().AddEntity<Track>();

    /// <param name="migration">The migration.</param>
    /// <param name="playlists">The keys of playlist_track in the real data, which has no pattern.</param>
    public static IReadOnlyList<TableTraffic> Of(Migration migration, IReadOnlyList<(int Playlist, int Track)> playlists) =>
    [
        new TableTraffic<Album, int, AlbumMap>("album", new AlbumRepository(migration), Numbers(347),
            n => new Album { AlbumId = Own + n, Title = Name + n, ArtistId = (n % 275) + 1 }, (row, round) => row with { Title = $"{Name}{round}" }),
        new TableTraffic<Artist, int, ArtistMap>("artist", new ArtistRepository(migration), Numbers(275),
            n => new Artist { ArtistId = Own + n, Name = Name }, (row, round) => row with { Name = round % 2 == 0 ? null : $"{Name}{round}" }),
        new TableTraffic<Customer, int, CustomerMap>("customer", new CustomerRepository(migration), Numbers(59),
            n => new Customer { CustomerId = Own + n, FirstName = "Åsa", LastName = "Öberg", Email = $"{n}@example.org", SupportRepId = 3 }, (row, round) => row with { City = $"{Name}{round}", SupportRepId = null }),
        new TableTraffic<Employee, int, EmployeeMap>("employee", new EmployeeRepository(migration), Numbers(8),
            n => new Employee { EmployeeId = Own + n, LastName = "Ng", FirstName = "李", ReportsTo = (n % 8) + 1, BirthDate = Day }, (row, round) => row with { HireDate = Day.AddMinutes(round), Title = "" }),
        new TableTraffic<Genre, int, GenreMap>("genre", new GenreRepository(migration), Numbers(25),
            n => new Genre { GenreId = Own + n, Name = Name }, (row, round) => row with { Name = $"{Name}{round}" }),
        new TableTraffic<Invoice, int, InvoiceMap>("invoice", new InvoiceRepository(migration), Numbers(412),
            n => new Invoice { InvoiceId = Own + n, CustomerId = (n % 59) + 1, InvoiceDate = Day.AddDays(n), Total = 0.05m * n }, (row, round) => row with { Total = row.Total + 0.01m, BillingCity = $"{round}" }),
        new TableTraffic<InvoiceLine, int, InvoiceLineMap>("invoice_line", new InvoiceLineRepository(migration), Numbers(2240),
            n => new InvoiceLine { InvoiceLineId = Own + n, InvoiceId = Own + n, TrackId = (n % 3503) + 1, UnitPrice = 1.99m, Quantity = 2 }, (row, round) => row with { Quantity = round, UnitPrice = 12345678.90m }),
        new TableTraffic<MediaType, int, MediaTypeMap>("media_type", new MediaTypeRepository(migration), Numbers(5),
            n => new MediaType { MediaTypeId = Own + n }, (row, round) => row with { Name = $"{Name}{round}" }),
        new TableTraffic<Playlist, int, PlaylistMap>("playlist", new PlaylistRepository(migration), Numbers(18),
            n => new Playlist { PlaylistId = Own + n, Name = "" }, (row, round) => row with { Name = $"{Name}{round}" }),
        new TableTraffic<PlaylistTrack, PlaylistTrackKey, PlaylistTrackMap>("playlist_track", new PlaylistTrackRepository(migration), [.. playlists.Select(key => new PlaylistTrackKey(key.Playlist, key.Track))],
            n => throw new InvalidOperationException("Keys of playlist_track are only toggled."), (row, _) => row with { }),
        new TableTraffic<Track, int, TrackMap>("track", new TrackRepository(migration), Numbers(3503),
            n => new Track { TrackId = Own + n, Name = Name, AlbumId = (n % 347) + 1, MediaTypeId = 1, Milliseconds = int.MaxValue, UnitPrice = 0.99m }, (row, round) => row with { Bytes = round, Composer = $"{Name}{round}", UnitPrice = 0m }),
    ];

    private static int[] Numbers(int last) => [.. Enumerable.Range(1, last)];
}
