using DbMove.Mapping.Tests.Entities;

namespace DbMove.Mapping.Tests.InMemory;

/// <summary>Rows in memory are those of one side: what the other alone has is not there.</summary>
public sealed class InMemorySideTests
{
    private static readonly Rack s_full = new() { Id = 1, Legacy = "old", Rank = 5, Day = DayOfWeek.Friday, Width = 2 };

    [Theory]
    [InlineData(Side.Source, "old", null)]
    [InlineData(Side.Target, null, 5L)]
    public async Task A_side_has_its_columns_and_no_others(Side side, string? legacy, long? rank)
    {
        InMemoryDatabase database = new(side);
        InMemoryRackRepository racks = new(database);
        Rack stored = s_full with { Legacy = legacy, Rank = rank };

        Assert.Equal(side, database.Authority);
        Assert.Equal(stored, await racks.InsertAsync(s_full));
        Assert.Equal(stored, await racks.FindAsync(1));
        Assert.Equal(stored with { Id = 2 }, await racks.UpsertAsync(s_full with { Id = 2 }));

        // What was read on the other side does not know the value, and leaves it.
        Assert.Equal(stored with { Width = 4 }, await racks.UpdateAsync(s_full with { Legacy = null, Rank = null, Width = 4 }));
        Assert.Equal(stored with { Width = 6 }, await racks.UpsertAsync(s_full with { Legacy = null, Rank = null, Width = 6 }));
        Assert.Equal(
            stored with { Legacy = legacy is null ? null : "new", Rank = rank is null ? null : 9 },
            await racks.UpdateAsync(s_full with { Legacy = "new", Rank = 9 }));
        await using DualWriteTransaction transaction = await database.BeginTransactionAsync();
        Assert.Equal(side == Side.Source ? Stage.SourceOnly : Stage.TargetOnly, transaction.Stage);
    }

    [Fact]
    public async Task A_failure_says_the_side_and_there_are_two_of_them()
    {
        InMemoryRackRepository racks = new(new InMemoryDatabase(Side.Target));
        await racks.InsertAsync(s_full);

        Assert.Equal(Side.Target, (await Assert.ThrowsAsync<WriteFailedException>(() => racks.InsertAsync(s_full))).Side);
        Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryDatabase((Side)2));
    }
}
