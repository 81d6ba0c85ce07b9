using System.CommandLine;
using Quickstart.Options;
using Quickstart.Scenario;

// Exit codes: 0 all is as it must be, 1 something is not, 2 the sample could not run as asked and changed nothing.
RootCommand command = QuickstartCommand.Create((options, cancellationToken) => new QuickstartRun(options).RunAsync(cancellationToken));
ParseResult parsed = command.Parse(args);
try
{
    if (parsed.Errors.Count > 0)
    {
        throw new UsageException(QuickstartCommand.DescribeErrors(parsed));
    }

    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
}
catch (UsageException exception)
{
    await Console.Error.WriteLineAsync("quickstart: " + exception.Message.ReplaceLineEndings(" "));
    return 2;
}
