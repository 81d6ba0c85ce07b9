using DbMove.Chaos.Options;
using DbMove.Chaos.Scenario;
using DbMove.Chaos.Services;

if (args is [ServiceArguments.Verb, ..])
{
    return await new ServiceProgram(ServiceArguments.Parse(args)).RunAsync();
}

if (ChaosOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(ChaosOptions.Usage);
    return 2;
}

string folder = Directory.CreateTempSubdirectory("dbmove-chaos-").FullName;
Journal journal = new();
bool passed = options.Scenario switch
{
    "target-down" => await new TargetDownRun(options, folder, journal).RunAsync(),
    "soak" => await new SoakRun(options, folder, journal).RunAsync(),
    _ => await new ChaosRun(options, folder, journal).RunAsync(),
};
if (passed && !options.Keeps)
{
    Directory.Delete(folder, recursive: true);
}
else
{
    Console.Error.WriteLine($"ledgers and logs: {folder}");
}

return passed ? 0 : 1;
