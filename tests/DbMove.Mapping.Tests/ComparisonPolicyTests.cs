using CsCheck;
using DbMove.Mapping.Tests.Entities;

namespace DbMove.Mapping.Tests;

/// <summary>What each comparison policy overlooks, and what it does not; and that rows that are equal hash alike.</summary>
public sealed class ComparisonPolicyTests
{
    private static readonly Compared s_row = new()
    {
        Id = 7, Remark = "r", Ratio = 0.5, Price = 9.99m, Count = 100, ChangedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Took = TimeSpan.FromSeconds(3),
        Code = "ab", Email = "a@b.example", Payload = """{"a":1,"b":[true,null]}""", Phone = "01 23", Angle = 90, Total = 1.5m, Share = 0,
    };

    public static TheoryData<string> Overlooked => [.. s_overlooked.Keys];

    public static TheoryData<string> Different => [.. s_different.Keys];

    private static readonly Dictionary<string, Compared> s_overlooked = new()
    {
        ["another remark"] = s_row with { Remark = "other" },
        ["no remark"] = s_row with { Remark = null },
        ["a ratio at the tolerance"] = s_row with { Ratio = 0.5 + 0.0049 },
        ["a price at the tolerance"] = s_row with { Price = 10.00m },
        ["a count at the tolerance"] = s_row with { Count = 98 },
        ["less than a millisecond later"] = s_row with { ChangedAt = s_row.ChangedAt.AddTicks(9_999) },
        ["less than a millisecond earlier"] = s_row with { ChangedAt = s_row.ChangedAt.AddTicks(-9_999) },
        ["in another zone"] = s_row with { ChangedAt = s_row.ChangedAt.ToOffset(TimeSpan.FromHours(5)) },
        ["rounded to the second"] = s_row with { Took = TimeSpan.FromSeconds(2.4) },
        ["white space at both ends"] = s_row with { Code = "\t ab \u00A0\n" },
        ["letter case"] = s_row with { Email = "A@b.EXAMPLE " },
        ["the order of properties"] = s_row with { Payload = """ { "b" : [ true, null ], "\u0061" : 1.0e0 } """ },
        ["spaces in the own comparison"] = s_row with { Phone = "0123  " },
        ["whole turns"] = s_row with { Angle = -270 },
        ["trailing zeros"] = s_row with { Total = 1.500m },
        ["negative zero"] = s_row with { Share = -0.0 },
    };

    private static readonly Dictionary<string, (Compared Row, int Ordinal)> s_different = new()
    {
        ["another key"] = (s_row with { Id = 8 }, 0),
        ["a ratio beyond the tolerance"] = (s_row with { Ratio = 0.5051 }, 2),
        ["a ratio that is no number"] = (s_row with { Ratio = double.NaN }, 2),
        ["a price beyond the tolerance"] = (s_row with { Price = 9.979m }, 3),
        ["no price"] = (s_row with { Price = null }, 3),
        ["a count beyond the tolerance"] = (s_row with { Count = 103 }, 4),
        ["a count as far as can be"] = (s_row with { Count = long.MinValue }, 4),
        ["a millisecond later"] = (s_row with { ChangedAt = s_row.ChangedAt.AddTicks(10_000) }, 5),
        ["a second longer"] = (s_row with { Took = TimeSpan.FromSeconds(4) }, 6),
        ["an interval as far as can be"] = (s_row with { Took = TimeSpan.MinValue }, 6),
        ["no interval"] = (s_row with { Took = null }, 6),
        ["letter case where it counts"] = (s_row with { Code = "AB" }, 7),
        ["white space inside"] = (s_row with { Code = "a b" }, 7),
        ["another address"] = (s_row with { Email = "a@c.example" }, 8),
        ["no address"] = (s_row with { Email = null }, 8),
        ["another value in the JSON"] = (s_row with { Payload = """{"a":2,"b":[true,null]}""" }, 9),
        ["another digit"] = (s_row with { Phone = "0124" }, 10),
        ["no number"] = (s_row with { Phone = null }, 10),
        ["another angle"] = (s_row with { Angle = 91 }, 11),
        ["no angle"] = (s_row with { Angle = null }, 11),
        ["another total"] = (s_row with { Total = 1.51m }, 12),
        ["another share"] = (s_row with { Share = 1 }, 13),
    };

    [Theory]
    [MemberData(nameof(Overlooked))]
    public void What_a_policy_overlooks_is_no_difference_and_hashes_alike(string name)
    {
        Compared other = s_overlooked[name];

        Assert.True(ComparedComparer.FindDifferences(s_row, other).IsEmpty);
        Assert.True(ComparedComparer.FindDifferences(other, s_row).IsEmpty);
        Assert.Equal(ComparedComparer.ComputeHash(s_row), ComparedComparer.Instance.Hash(other));
    }

    [Theory]
    [MemberData(nameof(Different))]
    public void What_no_policy_overlooks_is_a_difference_in_its_column(string name)
    {
        (Compared other, int ordinal) = s_different[name];

        foreach (ColumnSet differences in new[] { ComparedComparer.FindDifferences(s_row, other), ComparedMap.Compare(other, s_row) })
        {
            Assert.Equal(1, differences.Count);
            Assert.True(differences.Contains(ordinal), ComparedMap.Descriptor.Columns[ordinal].Member);
        }

        Assert.False(ComparedMap.HoldSame(s_row, other));
    }

    /// <summary>Else a change that validation overlooks would be lost where only an intent carries it.</summary>
    [Fact]
    public void What_a_policy_overlooks_is_still_to_be_written()
    {
        string[] valueAlone = ["trailing zeros", "negative zero", "in another zone"];
        Assert.All(s_overlooked, other => Assert.Equal(valueAlone.Contains(other.Key), ComparedMap.HoldSame(s_row, other.Value)));
        Assert.True(ComparedMap.HoldSame(s_row, s_row with { }));
    }

    [Fact]
    public void Identical_tells_apart_what_only_looks_equal()
    {
        Exact row = new() { Id = 1, Amount = 1.0m, Rebate = 0m, Ratio = 0.0, Share = 0f, At = DateTimeOffset.UnixEpoch, Text = "a", Weight = 2 };
        Exact[] others =
        [
            row with { Amount = 1.00m }, row with { Rebate = -0.0m }, row with { Ratio = -0.0 }, row with { Share = -0f }, row with { Text = "A" }, row with { Rebate = null },
            row with { Ratio = double.NaN },
        ];
        int[] ordinals = [1, 2, 3, 4, 6, 2, 3];

        for (int index = 0; index < others.Length; index++)
        {
            ColumnSet differences = ExactComparer.FindDifferences(row, others[index]);
            Assert.Equal((1, true), (differences.Count, differences.Contains(ordinals[index])));
            Assert.NotEqual(ExactComparer.ComputeHash(row), ExactComparer.ComputeHash(others[index]));
        }

        Exact near = row with { Weight = 3.0m, At = row.At.ToOffset(TimeSpan.FromHours(1)) };
        Assert.True(ExactComparer.FindDifferences(row, near).IsEmpty);
        Assert.Equal(ExactComparer.ComputeHash(row), ExactComparer.ComputeHash(near));
        Assert.Equal(EntityComparison.Identical, ExactMap.Descriptor.Comparison);
        Assert.Equal(EntityComparison.Equal, ComparedMap.Descriptor.Comparison);
    }

    [Fact]
    public void The_descriptor_names_each_policy() =>
        Assert.Equal(
            [
                ColumnComparison.Value, ColumnComparison.None, ColumnComparison.Tolerance, ColumnComparison.Tolerance, ColumnComparison.Tolerance, ColumnComparison.Precision,
                ColumnComparison.Precision, ColumnComparison.TrimmedText, ColumnComparison.TrimmedText, ColumnComparison.Json, ColumnComparison.Own, ColumnComparison.Own,
                ColumnComparison.Value, ColumnComparison.Value,
            ],
            ComparedMap.Descriptor.Columns.Select(column => column.Comparison));

    [Fact]
    public void Random_pairs_differ_where_the_oracle_says_so_and_hash_alike_where_they_do_not() =>
        Rows.Sample(pair =>
        {
            (Compared left, Compared right) = pair;
            ColumnSet differences = ComparedComparer.FindDifferences(left, right);
            ColumnSet mirrored = ComparedComparer.FindDifferences(right, left);
            bool[] oracle = Oracle(left, right);
            for (int ordinal = 0; ordinal < oracle.Length; ordinal++)
            {
                Assert.Equal(!oracle[ordinal], differences.Contains(ordinal));
                Assert.Equal(!oracle[ordinal], mirrored.Contains(ordinal));
            }

            Assert.Equal(oracle.All(equal => equal), differences.IsEmpty);
            if (differences.IsEmpty)
            {
                Assert.Equal(ComparedComparer.ComputeHash(left), ComparedComparer.ComputeHash(right));
            }

            Assert.True(!ComparedMap.HoldSame(left, right) || differences.IsEmpty);
        });

    // The second row is the first, with one or no column drawn anew, so that equal pairs are as frequent as others.
    private static Gen<(Compared Left, Compared Right)> Rows =>
        from left in Row
        from other in Row
        from column in Gen.Int[0, 20]
        select (left, column switch
        {
            1 => left with { Remark = other.Remark },
            2 => left with { Ratio = other.Ratio },
            3 => left with { Price = other.Price },
            4 => left with { Count = other.Count },
            5 => left with { ChangedAt = other.ChangedAt },
            6 => left with { Took = other.Took },
            7 => left with { Code = other.Code },
            8 => left with { Email = other.Email },
            9 => left with { Payload = other.Payload },
            10 => left with { Phone = other.Phone },
            11 => left with { Angle = other.Angle },
            12 => left with { Total = other.Total },
            13 => left with { Share = other.Share },
            14 => other,
            _ => left with { },
        });

    private static Gen<Compared> Row =>
        from remark in Word
        from ratio in OneOf(0, 0.001, 0.003, 0.006, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue)
        from price in OneOf<decimal?>(null, 0m, 0.005m, 0.01m, 0.02m, -0.005m, decimal.MaxValue, decimal.MinValue)
        from count in OneOf<long>(0, 1, 2, 3, -1, -2, long.MinValue, long.MaxValue)
        from ticks in Gen.Long[0, 30_000]
        from took in OneOf<TimeSpan?>(null, TimeSpan.Zero, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-0.7), TimeSpan.MinValue, TimeSpan.MaxValue)
        from code in Word
        from email in Word
        from payload in OneOf<string?>(null, "", "{}", " { } ", "1", "1.0", "[1]", "{\"a\":1}", "{\"a\":2,\"a\":1}", "{\"a\":1")
        from phone in OneOf<string?>(null, "", " ", "1", " 1", "12", "1 2")
        from angle in OneOf<int?>(null, 0, 360, -360, 1, -359)
        from total in OneOf(0m, 0.0m, -0.0m, 1m, 1.0m, 1.00m, 10m)
        from share in OneOf<double?>(null, 0, -0.0, double.NaN, -double.NaN, 1)
        select new Compared
        {
            Id = 1, Remark = remark, Ratio = ratio, Price = price, Count = count, ChangedAt = DateTimeOffset.UnixEpoch.AddTicks(ticks), Took = took, Code = code ?? "", Email = email,
            Payload = payload, Phone = phone, Angle = angle, Total = total, Share = share,
        };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<string?> Word => OneOf<string?>(null, "", " ", "a", "A", " a", "a\t", "ä", "Ä", "ǅ", "ß", "k", "\u212A", "日", "日 ", "𐐀", "𐐨");

    private static bool[] Oracle(Compared left, Compared right) =>
    [
        left.Id == right.Id,
        true,
        left.Ratio.Equals(right.Ratio) || Math.Abs(left.Ratio - right.Ratio) <= 0.005,
        Near(left.Price, right.Price, 0.01),
        Near(left.Count, right.Count, 2),
        Math.Abs((left.ChangedAt - right.ChangedAt).TotalMilliseconds) < 1,
        left.Took is null || right.Took is null ? left.Took == right.Took : Int128.Abs((Int128)left.Took.Value.Ticks - right.Took.Value.Ticks) < 10_000_000,
        left.Code.Trim() == right.Code.Trim(),
        string.Equals(left.Email?.Trim(), right.Email?.Trim(), StringComparison.OrdinalIgnoreCase),
        left.Payload == right.Payload || (left.Payload is not null && right.Payload is not null && Says(left.Payload) is { } said && said == Says(right.Payload)),
        left.Phone?.Replace(" ", "", StringComparison.Ordinal) == right.Phone?.Replace(" ", "", StringComparison.Ordinal),
        left.Angle is null || right.Angle is null ? left.Angle == right.Angle : (left.Angle - right.Angle) % 360 == 0,
        left.Total == right.Total,
        left.Share.Equals(right.Share),
    ];

    private static bool Near(decimal? left, decimal? right, double tolerance) =>
        left is null || right is null ? left is null && right is null : left == right || Math.Abs((double)left - (double)right) <= tolerance;

    private static string? Says(string payload) => payload switch
    {
        "{}" or " { } " => "empty",
        "1" or "1.0" => "one",
        "[1]" => "list",
        "{\"a\":1}" or "{\"a\":2,\"a\":1}" => "object",
        _ => null,
    };
}
