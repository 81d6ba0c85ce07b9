using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace DbMove.AotSmoke.Service;

/// <summary>Publishes samples/OrderService with Native AOT; a warning is an error.</summary>
internal static class ServicePublish
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    /// <returns>The native executable.</returns>
    public static async Task<string> RunAsync(string folder)
    {
        string root = typeof(ServicePublish).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(value => value.Key == "RepositoryRoot").Value!;
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = root };
        foreach (string argument in new[] { "publish", Path.Combine("samples", "OrderService"), "-c", "Release", "-o", folder, "-v", "quiet", "-warnaserror" })
        {
            start.ArgumentList.Add(argument);
        }

        long began = Stopwatch.GetTimestamp();
        using Process publish = Process.Start(start) ?? throw new SmokeException("dotnet did not start");
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            await publish.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            publish.Kill(entireProcessTree: true);
            throw new SmokeException($"the publish did not end within {s_patience.TotalMinutes:0} minutes");
        }

        SmokeException.Require(publish.ExitCode == 0, $"dotnet publish ended with {publish.ExitCode}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"published in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"));
        return Path.Combine(folder, "OrderService");
    }
}
