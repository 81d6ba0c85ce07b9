using System.Diagnostics;
using System.Globalization;
using DbMove.Chaos.Ledger;
using DbMove.Chaos.Traffic;
using DbMove.Scheduling;

namespace DbMove.Chaos.Services;

/// <summary>
/// A service: its writers, and the operator's commands as lines on standard input, <c>number verb argument</c>, answered on
/// standard output by <c>number ok …</c> or <c>number error …</c>. The end of its input is its end.
/// </summary>
internal sealed class ServiceProgram(ServiceArguments arguments)
{
    private readonly Lock _output = new();
    private readonly WriterFigures _figures = new();
    private CancellationTokenSource _resting = new();
    private Task _writing = Task.CompletedTask;

    public async Task<int> RunAsync()
    {
        using FileLog log = new(Path.Combine(arguments.Folder, arguments.Name + ".log"));
        Migration migration = BankMigration.Build(arguments, log);
        try
        {
            await migration.StartAsync();
        }
        catch (Exception exception) when (exception is DbMoveException or Npgsql.NpgsqlException)
        {
            Say($"0 error {exception.GetType().Name}: {exception.Message}");
            return 3;
        }

        Say("0 ok");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            _ = Task.Run(() => AnswerAsync(migration, line.Split(' ', 3)));
        }

        // Whoever started it is gone. Nothing is tidied up: that is what the next start is for.
        Process.GetCurrentProcess().Kill();
        return 0;
    }

    private async Task AnswerAsync(Migration migration, string[] command)
    {
        string answer;
        try
        {
            answer = "ok " + await RunAsync(migration, command[1], command.ElementAtOrDefault(2) ?? "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            answer = $"error {exception.GetType().Name}: {exception.Message}";
        }

        Say($"{command[0]} {answer.ReplaceLineEndings(" ")}");
        if (command[1] == "stop")
        {
            Environment.Exit(0);
        }
    }

    private async Task<string> RunAsync(Migration migration, string verb, string argument)
    {
        switch (verb)
        {
            case "write":
                Write(migration);
                return "";
            case "rest":
                await RestAsync();
                return "";
            case "backfill":
                await migration.Backfill.StartAsync();
                return (await migration.Backfill.WaitAsync()).State.ToString();
            case "copied":
                return (await migration.Backfill.IsCompleteAsync()).ToString();
            case "validate":
                await migration.Validation.StartFullAsync();
                ValidationReport report = await migration.Validation.WaitFullAsync();
                string sample = string.Join(' ', report.Sample.Take(5).Select(found => $"{found.Entity}{found.Key}:{found.Kind}"));
                return $"{report.State} {report.Differences} {report.RowsCompared} {report.Detail} {sample}";
            case "incremental":
                await migration.Validation.StartIncrementalAsync();
                return "";
            case "switch":
                StageExtensions.TryParseWireName(argument, out Stage stage);
                SwitchResult result = await migration.SwitchAsync(stage, new SwitchOptions { Reason = "chaos", ChangedBy = arguments.Name });
                return string.Create(CultureInfo.InvariantCulture, $"{result.Changed} {result.Epoch} {result.WritePause.TotalMilliseconds:0}");
            case "stage":
                StageAssignment assignment = await migration.ReadStageAsync();
                return $"{assignment.Stage.ToWireName()} {assignment.Epoch}";
            case "figures":
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_figures.Of(Outcome.Acknowledged)} {_figures.Of(Outcome.Failed)} {_figures.Of(Outcome.Unknown)} {Environment.WorkingSet} {GC.GetGCMemoryInfo().HeapSizeBytes}");
            case "stop":
                await RestAsync();
                await migration.StopAsync();
                await migration.DisposeAsync();
                return "";
            default:
                throw new ArgumentException($"There is no command '{verb}'.", nameof(verb));
        }
    }

    private void Write(Migration migration)
    {
        if (!_writing.IsCompleted)
        {
            return;
        }

        _resting = new CancellationTokenSource();
        CancellationToken resting = _resting.Token;
        _writing = Task.WhenAll(arguments.Writers.Select(async number =>
        {
            using Writer writer = new(migration, arguments.Folder, number, arguments.Seed, arguments.Pace, _figures);
            await writer.RunAsync(resting);
        }));
    }

    private async Task RestAsync()
    {
        await _resting.CancelAsync();
        await _writing;
    }

    private void Say(string line)
    {
        lock (_output)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
