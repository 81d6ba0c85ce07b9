using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Quickstart.Options;

/// <summary>The command line.</summary>
internal static partial class QuickstartCommand
{
    private static readonly Option<string?> s_source = new("--source") { Description = "The database that the shop leaves: sqlite:<file> or postgres:<connection string>. Default: a new SQLite file." };
    private static readonly Option<string?> s_target = new("--target") { Description = "The database that the shop moves to, in the same forms. It must hold no rows of the shop." };
    private static readonly Option<int?> s_rows = new("--rows") { Description = $"Orders in the shop. Default {QuickstartOptions.DefaultRows}; 1000 to 10000000." };
    private static readonly Option<int?> s_writers = new("--writers") { Description = $"Concurrent writers. Default {QuickstartOptions.DefaultWriters}; 1 to 64." };
    private static readonly Option<int?> s_seed = new("--seed") { Description = $"What the shop's rows are drawn from. Default {QuickstartOptions.DefaultSeed}." };
    private static readonly Option<string?> s_nats = new("--nats") { Description = "A NATS server with JetStream that carries the events: nats://<host>:<port>. Default: the target's own table." };
    private static readonly Option<bool> s_serve = new("--serve") { Description = "Drive everything over HTTP: DbMove's control plane on loopback, on a free port, with a random token." };
    private static readonly Option<bool> s_stay = new("--stay") { Description = "With --serve: keep the server up after the end, until Ctrl+C, and print its URL and token." };
    private static readonly Option<bool> s_resume = new("--resume") { Description = "Go on with the interrupted run between --source and --target." };
    private static readonly Option<bool> s_keep = new("--keep") { Description = "Keep databases, ledger and damage list, and print where they are." };

    public static RootCommand Create(Func<QuickstartOptions, CancellationToken, Task<int>> run)
    {
        RootCommand command = new("Moves a live shop from one database to another under load, through every stage, and checks the result by plain SQL.")
        {
            s_source, s_target, s_rows, s_writers, s_seed, s_nats, s_serve, s_stay, s_resume, s_keep,
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
        Nats = parsed.GetValue(s_nats),
        Serve = parsed.GetValue(s_serve),
        Stay = parsed.GetValue(s_stay),
        Resume = parsed.GetValue(s_resume),
        Keep = parsed.GetValue(s_keep),
    }.Checked();

    /// <summary>What is wrong with the arguments, by the option's name. Not the parser's own text, which repeats values: one may hold a password.</summary>
    public static string DescribeErrors(ParseResult parsed)
    {
        foreach (string token in parsed.UnmatchedTokens)
        {
            if (OptionName().Match(token) is { Success: true } option)
            {
                return $"There is no option {option.Value}; see --help for the options.";
            }
        }

        foreach (ParseError error in parsed.Errors)
        {
            if (error.SymbolResult is OptionResult option)
            {
                return $"The value of {option.Option.Name} is missing, doubled or not of its kind; see --help for the options.";
            }

            if (error.SymbolResult?.Parent is OptionResult parent)
            {
                return $"The value of {parent.Option.Name} is missing, doubled or not of its kind; see --help for the options.";
            }
        }

        return "An argument belongs to no option; see --help for the options and quote connection strings.";
    }

    [GeneratedRegex("^--[a-z]{2,20}(?=$|[=:])", RegexOptions.CultureInvariant)]
    private static partial Regex OptionName();
}
