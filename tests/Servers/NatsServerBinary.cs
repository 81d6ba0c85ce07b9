using Xunit;

namespace DbMove.Tests.Servers;

/// <summary>Where nats-server is installed.</summary>
public static class NatsServerBinary
{
    /// <summary>Looks in <c>NATS_SERVER</c>, the path, and where distributions put it; null: nowhere.</summary>
    public static string? Find()
    {
        IEnumerable<string> named = Environment.GetEnvironmentVariable("NATS_SERVER") is { Length: > 0 } program ? [program] : [];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"]);
        return named.Concat(folders.Select(folder => Path.Combine(folder, "nats-server"))).FirstOrDefault(File.Exists);
    }

    /// <summary>The program. Where it is missing, the test is skipped on a developer's machine and fails in CI.</summary>
    public static string Require()
    {
        if (Find() is { } program)
        {
            return program;
        }

        const string Missing = "nats-server was not found: install the package nats-server, or set NATS_SERVER to the program.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(Missing);
        }

        Assert.Skip(Missing);
        return "";
    }
}
