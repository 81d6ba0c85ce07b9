using System.CommandLine;

namespace Quickstart.Options;

/// <summary>The command line.</summary>
internal static class QuickstartCommand
{
    private static readonly Option<string?> s_source = new("--source") { Description = "The database that the shop leaves: sqlite:<file> or postgres:<connection string>. Default: a new SQLite file." };
    private static readonly Option<string?> s_target = new("--target") { Description = "The database that the shop moves to, in the same forms. It must hold no rows of the shop." };
    private static readonly Option<int?> s_rows = new("--rows") { Description = $"Orders in the shop. Default {QuickstartOptions.DefaultRows}; 1000 to 10000000." };
    private static readonly Option<int?> s_writers = new("--writers") { Description = $"Concurrent writers. Default {QuickstartOptions.DefaultWriters}; 1 to 64." };
    private static readonly Option<int?> s_seed = new("--seed") { Description = $"What the shop's rows are drawn from. Default {QuickstartOptions.DefaultSeed}." };
    private static readonly Option<bool> s_resume = new("--resume") { Description = "Go on with the interrupted run between --source and --target." };
    private static readonly Option<bool> s_keep = new("--keep") { Description = "Keep databases, ledger and damage list, and print where they are." };

    public static RootCommand Create(Func<QuickstartOptions, CancellationToken, Task<int>> run)
    {
        RootCommand command = new("Moves a live shop from one database to another under load, through every stage, and checks the result by plain SQL.")
        {
            s_source, s_target, s_rows, s_writers, s_seed, s_resume, s_keep,
        };
        command.SetAction((parsed, cancellationToken) => run(Read(parsed), cancellationToken));
        return command;
    }

    private static QuickstartOptions Read(ParseResult parsed) => new QuickstartOptions
    {
        Source = parsed.GetValue(s_source) is { } source ? DatabaseAddress.Parse("--source", source) : null,
        Target = parsed.GetValue(s_target) is { } target ? DatabaseAddress.Parse("--target", target) : null,
        Rows = parsed.GetValue(s_rows),
        Writers = parsed.GetValue(s_writers),
        Seed = parsed.GetValue(s_seed),
        Resume = parsed.GetValue(s_resume),
        Keep = parsed.GetValue(s_keep),
    }.Checked();
}
