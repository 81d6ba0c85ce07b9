using System.IO.Compression;

namespace DbMove.Package.Tests;

/// <summary>What somebody gets who references the packages.</summary>
public sealed class ConsumerTests(ConsumerFixture consumers) : IClassFixture<ConsumerFixture>
{
    [Fact]
    public void The_runtime_brings_generator_analyzers_and_fixes_and_no_compiler()
    {
        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(consumers.Feed, "DbMove.Runtime.*.nupkg")));

        Assert.Equal(
            ["analyzers/dotnet/cs/DbMove.Analyzers.dll", "analyzers/dotnet/cs/DbMove.CodeFixes.dll", "analyzers/dotnet/cs/DbMove.Generators.dll"],
            package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("analyzers/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(
            ["build/DbMove.Runtime.props", "buildTransitive/DbMove.Runtime.props", "lib/net10.0/DbMove.Runtime.dll", "lib/net10.0/DbMove.Runtime.xml", "PACKAGE.md"],
            name => Assert.NotNull(package.GetEntry(name)));
        using StreamReader specification = new(Assert.Single(package.Entries, entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        Assert.DoesNotContain("Microsoft.CodeAnalysis", specification.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_with_its_entities_in_a_library_moves_a_table()
    {
        string source = Tables.CreateShop(consumers.NewFile("app-old.db"), "customer_name", "a", "b", "c");
        string target = Tables.CreateShop(consumers.NewFile("app-new.db"), "customer");

        (int code, string output) = await consumers.RunAsync("App", source, target);

        Assert.True(code == 0, output);
        Assert.Equal("clean=True found=True stage=TargetFirst", output.Trim());
        Assert.Equal(["a", "b", "c", "written while moving"], Tables.Read(target, "SELECT customer FROM orders ORDER BY id"));
        Assert.Equal(Tables.Read(source, "SELECT customer_name FROM orders ORDER BY id"), Tables.Read(target, "SELECT customer FROM orders ORDER BY id"));
    }

    [Fact]
    public async Task A_web_application_serves_the_control_plane()
    {
        (int code, string output) = await consumers.RunAsync(
            "Web", Tables.CreateShop(consumers.NewFile("web-old.db"), "customer_name"), Tables.CreateShop(consumers.NewFile("web-new.db"), "customer"));

        Assert.True(code == 0, output);
        Assert.Contains("health=200", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_native_program_moves_a_table()
    {
        const string table = "CREATE TABLE parcels (id INTEGER PRIMARY KEY, note TEXT)";
        const string crates = """
            version INTEGER NOT NULL DEFAULT 0, owner TEXT, remark TEXT, tilt REAL NOT NULL, seen_at TEXT NOT NULL, settings TEXT, place TEXT, marks TEXT NOT NULL, sizes TEXT
            """;
        string source = Tables.Create(
            consumers.NewFile("native-old.db"),
            table,
            "INSERT INTO parcels VALUES (1, 'a'), (2, NULL)",
            $"CREATE TABLE crates (id INTEGER PRIMARY KEY, wood TEXT NOT NULL, lid INTEGER, weight TEXT NOT NULL, old_code TEXT, {crates})",
            """
            INSERT INTO crates (id, wood, lid, weight, old_code, owner, tilt, seen_at, settings, marks, sizes)
            VALUES (1, 'Oak', 1, '2.25', 'x', 'a', 1.5, '2020-01-02 03:04:05', '{"a":1}', '["m"]', '[7]')
            """);
        string target = Tables.Create(
            consumers.NewFile("native-new.db"),
            table,
            $"CREATE TABLE crates (id INTEGER PRIMARY KEY, wood TEXT NOT NULL, lid TEXT, weight INTEGER NOT NULL, search TEXT DEFAULT 'none', {crates})");

        (int code, string output) = await consumers.PublishAndRunAsync("Native", source, target);

        Assert.True(code == 0, output);
        Assert.Equal(
            [
                "clean=True parcel=written while moving dapper=6",
                "given=1 stale=True ids=3 woods=Pine:1",
                "place=Place { Hall = east, Row = 4 } marks=up+glass sizes=1+2 version=3 code=old",
                "differs=2 hash=True double=1",
            ],
            output.Trim().Split('\n').Select(line => line.Trim()));
        Assert.Equal(
            ["1 Oak Pine 2250 a none [\"m\"] [7]", "3 Pine Oak 1500 b none [\"up\",\"glass\"] [1,2]"],
            Tables.Read(target, "SELECT concat_ws(' ', id, wood, lid, weight, owner, search, marks, sizes) FROM crates ORDER BY id"));
        Assert.Equal(["1 a", "2 -", "7 written while moving"], Tables.Read(target, "SELECT id || ' ' || coalesce(note, '-') FROM parcels ORDER BY id"));
    }

    [Fact]
    public void The_build_shows_what_the_analyzers_say()
    {
        // A write past DbMove, to the table of an entity in another project.
        Assert.Contains("warning DBM2001: ", consumers.BuildOutput, StringComparison.Ordinal);
        Assert.Contains("warning DBM3001: 'Note'", consumers.BuildOutput, StringComparison.Ordinal);
        // The generated call adds all entities of the library.
        Assert.DoesNotContain("DBM3001: 'OrderLine'", consumers.BuildOutput, StringComparison.Ordinal);
        // PublishAot is a property of the project: the package makes it visible to the analyzers.
        Assert.Contains("warning DBM3003: 'Execute'", consumers.BuildOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_the_editor_and_of_the_project_are_followed()
    {
        Assert.Contains("warning DBM1020: 'Note' moves from 'Note'", consumers.BuildOutput, StringComparison.Ordinal);
        // Of the same severity there, and turned off in the project file.
        Assert.DoesNotContain("DBM1020: 'Parcel'", consumers.BuildOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void The_strictest_project_hears_nothing_of_generated_code_and_can_read_it()
    {
        // Shop.Domain has every rule of the SDK on, and its warnings are errors: that it was built says most of it.
        Assert.DoesNotContain(".g.cs", consumers.BuildOutput, StringComparison.Ordinal);
        string emitted = Path.Combine(consumers.Folder("Domain"), "obj", "Debug", "net10.0", "generated", "DbMove.Generators");
        Assert.Contains(Directory.GetFiles(emitted, "*", SearchOption.AllDirectories), file => Path.GetFileName(file) == "Shop.Domain.Order.Repository.g.cs");
    }

    [Fact]
    public async Task A_forgotten_partial_is_reported_as_such()
    {
        (int code, string output) = await consumers.DotnetAsync("build", "Wrong/Wrong.csproj");

        Assert.NotEqual(0, code);
        Assert.Contains("error DBM1001: 'Order'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
    }
}
