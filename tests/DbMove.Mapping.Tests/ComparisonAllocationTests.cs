using DbMove.Mapping.Tests.Entities;

namespace DbMove.Mapping.Tests;

/// <summary>Comparing and hashing rows allocates not one byte.</summary>
public sealed class ComparisonAllocationTests
{
    [Fact]
    public void Rows_of_every_type_and_policy_are_compared_and_hashed_without_allocating()
    {
        Compared left = new() { Remark = "a", Price = 1, Took = TimeSpan.Zero, Code = " a", Email = "Straße ", Payload = """{"b":[1,{"y":2,"x":"\n"}],"a":1}""", Phone = "1 2", Angle = 1, Share = 1 };
        Compared right = new() { Remark = "b", Price = 2, Took = TimeSpan.MaxValue, Code = "b ", Email = "STRASSE", Payload = """{"a":1.0,"b":[10e-1,{"x":"\u000a","y":3}]}""", Phone = "13", Angle = 2, Share = 2, Count = 9, Ratio = 9, Total = 9, ChangedAt = DateTimeOffset.MaxValue };
        Assert.Equal(0, Allocated(left, right, ComparedComparer.Instance));

        Everything first = new() { String = "a", Bytes = [1, 2], Absent = 1, AbsentText = new string('x', 300), AbsentEnum = DayOfWeek.Monday, Decimal = 1.000m };
        Everything second = new() { String = "b", Bytes = [1, 3], Double = 1, Single = 2, Decimal = 1.1m, Guid = Guid.NewGuid() };
        Assert.Equal(0, Allocated(first, second, EverythingComparer.Instance));

        Assert.Equal(0, Allocated(new Exact { Amount = 1 }, new Exact { Amount = 1.0m, Ratio = 1, Share = 2, Text = "b" }, ExactComparer.Instance));
    }

    [Fact]
    public void Columns_beyond_the_first_word_of_bits_cost_nothing_either()
    {
        Broad left = new();
        Broad right = new() { Column1 = 1, Column63 = 1, Column64 = 1, Column128 = 1, Column139 = 1 };

        ColumnSet differences = BroadComparer.FindDifferences(left, right);

        Assert.Equal([1, 63, 64, 128, 139], Enumerable.Range(0, 140).Where(ordinal => differences.Contains(ordinal)));
        Assert.Equal((5, false, false), (differences.Count, differences.IsEmpty, differences.Contains(5_000)));
        Assert.Equal(0, Allocated(left, right, BroadComparer.Instance));
    }

    [Fact]
    public void A_set_takes_any_ordinal()
    {
        ColumnSet set = default;
        int[] ordinals = [0, 63, 64, 2047, 2048, 2111, 2112, 5000];
        foreach (int ordinal in ordinals)
        {
            Assert.False(set.Contains(ordinal));
            set.Add(ordinal);
            Assert.True(set.Contains(ordinal));
        }

        Assert.Equal((ordinals.Length, false), (set.Count, set.IsEmpty));
        Assert.False(set.Contains(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(-1));

        ColumnSet last = default;
        last.Add(2047);
        Assert.False(last.IsEmpty);
        Assert.True(default(ColumnSet).IsEmpty);
    }

    private static long Allocated<TEntity>(TEntity left, TEntity right, IEntityComparer<TEntity> comparer)
    {
        // The first rounds compile the code and fill the pool.
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool differ = !comparer.Compare(left, right).IsEmpty && comparer.Compare(left, left).IsEmpty && comparer.Hash(left) != comparer.Hash(right);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(differ);
        }

        return allocated;
    }
}
