using System.Reflection;
using System.Xml.Linq;

namespace DbMove.Package.Tests;

/// <summary>
/// The packages in a feed, and the new projects that are built with them: in a folder outside the repository, with a package folder of
/// their own, or a stale package of the same version would be served.
/// </summary>
public sealed class ConsumerFixture : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("dbmove-package-tests-").FullName;

    public string Feed => Path.Combine(_root, "feed");

    /// <summary>What the build of the right projects said.</summary>
    public string BuildOutput { get; private set; } = "";

    public string Folder(string project) => Path.Combine(_root, project);

    public string NewFile(string name) => Path.Combine(_root, name);

    public async ValueTask InitializeAsync()
    {
        await PackAsync();
        CopyConsumers();
        Configuration().Save(Path.Combine(_root, "nuget.config"));
        // So that no file above the folder says how to build.
        await File.WriteAllTextAsync(Path.Combine(_root, "Directory.Build.props"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(_root, "Directory.Build.targets"), "<Project />");
        await File.WriteAllTextAsync(
            Path.Combine(_root, "All.slnx"),
            """<Solution><Project Path="Domain/Shop.Domain.csproj" /><Project Path="App/App.csproj" /><Project Path="Web/Web.csproj" /><Project Path="Native/Native.csproj" /></Solution>""");
        (int code, BuildOutput) = await DotnetAsync("build", "All.slnx");
        Assert.True(code == 0, BuildOutput);
    }

    public Task<(int ExitCode, string Output)> DotnetAsync(string verb, string project, params string[] arguments) =>
        Command.RunAsync(_root, "dotnet", [verb, project, "-v", "minimal", "-p:UseSharedCompilation=false", "-p:NuGetAudit=false", "-tl:off", .. arguments]);

    public Task<(int ExitCode, string Output)> RunAsync(string project, params string[] arguments) =>
        Command.RunAsync(Folder(project), Path.Combine(Folder(project), "bin", "Debug", "net10.0", project), arguments);

    /// <summary>Publishes the project with Native AOT and runs it.</summary>
    public async Task<(int ExitCode, string Output)> PublishAndRunAsync(string project, params string[] arguments)
    {
        string published = Path.Combine(_root, "published");
        (int code, string output) = await DotnetAsync("publish", project + "/" + project + ".csproj", "--no-restore", "-o", published);
        Assert.True(code == 0, output);
        // IL2xxx and IL3xxx are what a trimmer and the native compiler warn of.
        Assert.DoesNotContain("warning IL", output, StringComparison.Ordinal);
        return await Command.RunAsync(published, Path.Combine(published, project), arguments);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Metadata(string key) =>
        typeof(ConsumerFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private async Task PackAsync()
    {
        string[] projects = [.. new[] { "DbMove.Runtime", "DbMove.Sqlite", "DbMove.AspNetCore" }.Select(name => Path.Combine(Metadata("RepositoryRoot"), "src", name, name + ".csproj"))];
        string project = Path.Combine(_root, "pack.proj");
        await File.WriteAllTextAsync(
            project,
            $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{string.Join(';', projects)}" Targets="Pack" Properties="Configuration={Metadata("Configuration")};NoBuild=true;PackageOutputPath={Feed}" />
              </Target>
            </Project>
            """);
        (int code, string output) = await Command.RunAsync(_root, "dotnet", "msbuild", project, "-t:Pack", "-v:quiet", "-nologo");
        Assert.True(code == 0, output);
    }

    private void CopyConsumers()
    {
        string consumers = Metadata("Consumers");
        foreach (string file in Directory.EnumerateFiles(consumers, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_root, Path.GetRelativePath(consumers, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The packages of DbMove from the feed and nowhere else; what others have published from where this machine has it already, else from the repository's sources.</summary>
    private XDocument Configuration()
    {
        XElement[] sources = [.. XDocument.Load(Path.Combine(Metadata("RepositoryRoot"), "nuget.config")).Descendants("packageSources").Elements("add")];
        string machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return new XDocument(new XElement(
            "configuration",
            new XElement("config", Add("globalPackagesFolder", Path.Combine(_root, "packages"))),
            new XElement("packageSources", new XElement("clear"), Add("feed", Feed), sources.Select(source => new XElement(source))),
            new XElement(
                "packageSourceMapping",
                new XElement("clear"),
                Mapping("feed", "DbMove.*"),
                sources.Select(source => Mapping(source.Attribute("key")!.Value, "*"))),
            new XElement("fallbackPackageFolders", new XElement("clear"), Add("machine", machine))));
    }

    private static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));

    private static XElement Mapping(string source, string pattern) =>
        new("packageSource", new XAttribute("key", source), new XElement("package", new XAttribute("pattern", pattern)));
}
