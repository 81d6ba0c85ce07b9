using DbMove.Chaos.Ledger;
using DbMove.Dialects;

namespace DbMove.Chaos.Traffic;

/// <summary>One of the writers: writes down, writes, writes down what came of it.</summary>
internal sealed class Writer : IDisposable
{
    // Longer than any time-out of the library or the driver: who waits this long waits for ever.
    private static readonly TimeSpan s_hung = TimeSpan.FromSeconds(90);

    private readonly WriterRows _rows;
    private readonly LedgerFile _ledger;
    private readonly WritePlanner _planner;
    private readonly WriterFigures _figures;
    private readonly TimeSpan _pace;
    private readonly Random _random;
    private long _sequence;

    public Writer(Migration migration, string ledgers, int writer, int seed, TimeSpan pace, WriterFigures figures)
    {
        LedgerBook book = LedgerBook.Read(ledgers, writer);
        book.Operations.Clear();
        _rows = new WriterRows(book);
        _ledger = new LedgerFile(LedgerFile.PathOf(ledgers, writer));
        _sequence = book.LastSequence;

        // Another stream of numbers in every life, the same one in every replay.
        _random = new Random(StableSeed.Of(seed, writer, _sequence));
        _planner = new WritePlanner(migration, _rows, _random);
        (_pace, _figures) = (pace, figures);
    }

    public async Task RunAsync(CancellationToken resting)
    {
        while (!resting.IsCancellationRequested)
        {
            bool succeeded = await WriteAsync(++_sequence);
            TimeSpan pause = succeeded ? _pace * (0.5 + _random.NextDouble()) : TimeSpan.FromMilliseconds(_random.Next(50, 200));
            if (pause > TimeSpan.Zero)
            {
                // The pace of the load.
                await Task.Delay(pause, resting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public void Dispose() => _ledger.Dispose();

    private async Task<bool> WriteAsync(long sequence)
    {
        PlannedWrite plan = _planner.Next(sequence);
        LedgerOperation operation = _ledger.Intend(sequence, plan.Kind, plan.Changes);
        long began = TimeProvider.System.GetTimestamp();
        (Outcome outcome, string detail) = await RunAsync(plan, operation);
        _figures.Count(outcome, TimeProvider.System.GetElapsedTime(began));
        _ledger.Settle(operation, outcome, detail);
        _rows.Book.Apply(operation);
        _rows.Forget(operation);
        return outcome == Outcome.Acknowledged;
    }

    private async Task<(Outcome Outcome, string Detail)> RunAsync(PlannedWrite plan, LedgerOperation operation)
    {
        try
        {
            return (Outcome.Acknowledged, await plan.RunAsync(operation.Sequence).WaitAsync(s_hung));
        }
        catch (ContradictionException exception)
        {
            // The rows are left alone from now on, and the run has failed.
            _ledger.Contradict(operation, exception.Message);
            return (Outcome.Unknown, exception.Message);
        }
        catch (WriteFailedException exception) when (exception.Kind is not (FailureKind.Transient or FailureKind.Availability))
        {
            // A clash, a missing parent, a bug: this writer alone writes these rows, and knows that they fit.
            _ledger.Contradict(operation, $"{plan.Kind}: {exception.Kind}: {exception.Message}");
            return (Outcome.Failed, Text(exception));
        }
        catch (CommitOutcomeUnknownException exception)
        {
            return (Outcome.Unknown, Text(exception));
        }
        catch (Exception exception) when (exception is WriteFailedException or FollowerWriteException or DatabaseUnavailableException or StageUnknownException or StageMovedException)
        {
            return (Outcome.Failed, Text(exception));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // No documented answer of a write. What it did is anybody's guess, and the run says so.
            _ledger.Contradict(operation, $"{plan.Kind}: undocumented {exception}");
            return (Outcome.Unknown, Text(exception));
        }
    }

    private static string Text(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";
}
