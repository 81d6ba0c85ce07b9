using System.Diagnostics;
using DbMove;
using DbMove.Dialects;
using Quickstart.Ledger;
using Quickstart.Shop;

namespace Quickstart.Traffic;

/// <summary>One writer: plans a write, does it through the repositories, puts the answer into the ledger, and goes on at once.</summary>
internal sealed class Writer(
    int number, WriterPlans plans, ShopRepositories shop, Books books, RecentOrders recent, LedgerFile ledger, TrafficCounters counters, Func<long> nextWrite)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private long _failingSince;

    /// <summary>Held during a write; who takes it stops the writer between two of them.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Turn.WaitAsync(CancellationToken.None);
            try
            {
                await WriteAsync();
            }
            finally
            {
                Turn.Release();
            }

            // Let others run, even where a database answers without waiting.
            await Task.Yield();
        }
    }

    private async Task WriteAsync()
    {
        long write = nextWrite();
        PlannedWrite planned = plans.Next(write);
        LedgerEntry entry = new()
        {
            Write = write, Writer = number, Phase = LedgerEntry.Begin, Operation = planned.Operation, Rows = [.. planned.Rows.Select(row => LedgerRow.Of(row.Key, row.Row))],
        };
        ledger.Append(entry);
        RowVersion?[] versions = [.. planned.Rows.Select(row => row.Key.Id == 0 ? null : books.Begin(row.Key, row.Row, number))];
        long from = Stopwatch.GetTimestamp();
        IReadOnlyList<(RowKey Key, object? Row)> images;
        try
        {
            images = await planned.RunAsync(shop, CancellationToken.None);
        }
        catch (CommitOutcomeUnknownException)
        {
            // The rows are as before or as planned. They are left alone from here on; the final check allows both.
            await ledger.AppendDurablyAsync(entry with { Phase = LedgerEntry.Unknown });
            Mark(versions, version => version.IsUndecided = true);
            return;
        }
        catch (Exception exception) when (
            exception is DatabaseUnavailableException or StageUnknownException or StageMovedException
            or WriteFailedException { Kind: FailureKind.Transient or FailureKind.Availability })
        {
            // Nothing was committed.
            await ledger.AppendDurablyAsync(entry with { Phase = LedgerEntry.Failed });
            Mark(versions, version => version.IsVoid = true);
            await WaitAfterFailureAsync(exception);
            return;
        }

        long until = Stopwatch.GetTimestamp();
        _failingSince = 0;
        CheckImages(planned, images);
        await ledger.AppendDurablyAsync(entry with { Phase = LedgerEntry.Done, Rows = [.. images.Select(image => LedgerRow.Of(image.Key, image.Row))] });
        Acknowledge(images, versions, from, until);
        counters.CountWrite(planned.Operation, from, until);
    }

    private void Acknowledge(IReadOnlyList<(RowKey Key, object? Row)> images, RowVersion?[] versions, long from, long until)
    {
        for (int index = 0; index < versions.Length; index++)
        {
            (RowKey key, object? row) = images[index];
            if (versions[index] is { } version)
            {
                version.Acknowledged = until;
            }
            else
            {
                Enter(key, row!, from, until);
            }

            if (key.Table != ShopTable.Customers)
            {
                recent.Note(key.Id);
            }
        }
    }

    /// <summary>Only now is it known which key an inserted row has.</summary>
    private void Enter(RowKey key, object row, long from, long until)
    {
        books.AddInserted(key, row, number, from, until);
        if (key.Table == ShopTable.Orders)
        {
            plans.Own(key.Id);
        }
    }

    /// <summary>An after-image is the row as written, but for the number that the database gave.</summary>
    private static void CheckImages(PlannedWrite planned, IReadOnlyList<(RowKey Key, object? Row)> images)
    {
        for (int index = 0; index < images.Count; index++)
        {
            object? row = images[index].Row;
            object? expected = planned.Rows[index].Row switch
            {
                Customer { Id: 0 } customer => customer with { Id = images[index].Key.Id },
                Order { Id: 0 } order => order with { Id = images[index].Key.Id },
                OrderLine { OrderId: 0 } line => line with { OrderId = images[index].Key.Id },
                { } other => other,
                null => null,
            };
            if (!Equals(row, expected))
            {
                throw new WrongResultException($"The after-image of {images[index].Key} is {row ?? "nothing"}, and what was written is {expected ?? "a delete"}.");
            }
        }
    }

    private static void Mark(RowVersion?[] versions, Action<RowVersion> mark)
    {
        foreach (RowVersion version in versions.OfType<RowVersion>())
        {
            mark(version);
        }
    }

    private async Task WaitAfterFailureAsync(Exception exception)
    {
        counters.CountFailedWrite();
        _failingSince = _failingSince == 0 ? Stopwatch.GetTimestamp() : _failingSince;
        if (Stopwatch.GetElapsedTime(_failingSince) > s_patience)
        {
            throw new WrongResultException($"No write of writer {number} succeeded for {s_patience.TotalSeconds:0} s: {exception.Message}");
        }

        await Task.Delay(50);
    }
}
