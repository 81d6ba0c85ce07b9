using System.Text;
using CsCheck;
using DbMove.Mapping.Tests.Entities;

namespace DbMove.Mapping.Tests;

/// <summary>
/// The hash of a row is XXH64 over bytes that the documentation names. What must never change is compared with constants that another
/// implementation computed.
/// </summary>
public sealed class RowHashTests
{
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("xxhash", 0x32DD38952C4BC720)]
    public void The_algorithm_is_xxh64(string text, ulong expected)
    {
        RowHash hash = default;
        hash.Append(Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, hash.Value);
    }

    [Fact]
    public void The_hash_of_a_row_never_changes()
    {
        Everything full = new()
        {
            Id = long.MinValue, Boolean = true, Byte = 1, SByte = -2, Int16 = -3, UInt16 = 4, Int32 = -5, UInt32 = 6, UInt64 = ulong.MaxValue, Decimal = 1.50m, Double = double.NaN, Single = -0f,
            String = "Ünïcode", Char = 'x', Guid = new Guid("00112233-4455-6677-8899-aabbccddeeff"), DateTime = new DateTime(2024, 2, 29, 23, 59, 59),
            DateTimeOffset = new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.FromHours(2)), DateOnly = new DateOnly(2024, 2, 29), TimeOnly = new TimeOnly(1, 2, 3),
            TimeSpan = TimeSpan.FromTicks(12345), Bytes = [0, 255], Enum = DayOfWeek.Friday, Absent = 7, AbsentText = "here", AbsentEnum = DayOfWeek.Monday,
        };
        Compared compared = new()
        {
            Id = 7, Remark = "r", Ratio = 0.5, Price = 9.99m, Count = 100, ChangedAt = DateTimeOffset.UnixEpoch, Took = TimeSpan.FromSeconds(3), Code = " ab", Email = "A@b.example ",
            Payload = """{ "b" : [ true, null ], "a" : 1.0 }""", Phone = "01 23", Angle = 450, Total = 1.50m, Share = -0.0,
        };

        Assert.Equal(0x1FE88C2BD0DDF625UL, EverythingComparer.ComputeHash(full));
        Assert.Equal(0x0FCA21B027C7FAABUL, EverythingComparer.ComputeHash(new Everything()));
        Assert.Equal(ComparedHash, ComparedComparer.ComputeHash(compared));
    }

    [Fact]
    public void It_does_not_matter_in_which_parts_bytes_come() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[1, 70]).Sample(drawn =>
        {
            (byte[] bytes, int part) = drawn;
            RowHash whole = default;
            whole.Append(bytes);
            RowHash parts = default;
            foreach (byte[] chunk in bytes.Chunk(part))
            {
                parts.Append(chunk);
                _ = parts.Value;
            }

            return whole.Value == parts.Value;
        });

    [Fact]
    public void A_null_a_default_and_where_a_text_ends_are_told_apart()
    {
        ulong[] hashes =
        [
            Of((ref RowHash hash) => hash.Add((int?)null)), Of((ref RowHash hash) => hash.Add(0)), Of((ref RowHash hash) => hash.Add("")), 
            Of((ref RowHash hash) => AddBoth(ref hash, "a", "bc")), Of((ref RowHash hash) => AddBoth(ref hash, "ab", "c")), Of((ref RowHash hash) => AddBoth(ref hash, "", "abc")),
            Of((ref RowHash hash) => hash.Add(1m)), Of((ref RowHash hash) => hash.Add(10m)), Of((ref RowHash hash) => hash.Add(-1m)), Of((ref RowHash hash) => hash.Add(0.1m)),
            Of((ref RowHash hash) => hash.AddIdentical(0.10m)), Of((ref RowHash hash) => hash.Add(decimal.MaxValue)), Of((ref RowHash hash) => hash.Add(decimal.MaxValue / 10)),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(Of((ref RowHash hash) => hash.Add(100m)), Of((ref RowHash hash) => hash.Add(100.0000000000m)));
        Assert.Equal(Of((ref RowHash hash) => hash.Add(0m)), Of((ref RowHash hash) => hash.Add(-0.00m)));
        Assert.Equal(Of((ref RowHash hash) => hash.Add((short)-1)), Of((ref RowHash hash) => hash.Add(-1L)));
    }

    /// <summary>What is compared bit by bit is so in an array too, and only what is identical hashes alike.</summary>
    [Fact]
    public void Arrays_are_identical_where_every_element_is()
    {
        Assert.True(ValueComparison.AreIdentical((decimal[])[1.0m, -2m], (decimal[])[1.0m, -2m]));
        Assert.False(ValueComparison.AreIdentical((decimal[])[1.0m, -2m], (decimal[])[1.00m, -2m]));
        Assert.True(ValueComparison.AreEqual((decimal[])[1.0m, -2m], (decimal[])[1.00m, -2m]));
        Assert.True(ValueComparison.AreIdentical((double[])[0.5, double.NaN], (double[])[0.5, double.NaN]));
        Assert.False(ValueComparison.AreIdentical((double[])[0.5, 0.0], (double[])[0.5, -0.0]));
        Assert.False(ValueComparison.AreIdentical((float[])[0.5f, 0.0f], (float[])[0.5f, -0.0f]));
        Assert.False(ValueComparison.AreIdentical((decimal[])[1m], (decimal[])[1m, 1m]));
        Assert.False(ValueComparison.AreIdentical((float[])[1f, 1f], (float[])[1f]));
        Assert.False(ValueComparison.AreIdentical((decimal[]?)null, []));
        Assert.False(ValueComparison.AreIdentical([], (double[]?)null));
        Assert.True(ValueComparison.AreIdentical((float[]?)null, null));

        ulong[] hashes =
        [
            Of((ref RowHash hash) => hash.AddIdentical((decimal[])[1.0m])), Of((ref RowHash hash) => hash.AddIdentical((decimal[])[1.00m])), Of((ref RowHash hash) => hash.AddIdentical((decimal[]?)null)),
            Of((ref RowHash hash) => hash.AddIdentical((double[])[0.0])), Of((ref RowHash hash) => hash.AddIdentical((double[])[-0.0])), Of((ref RowHash hash) => hash.AddIdentical(Array.Empty<double>())),
            Of((ref RowHash hash) => hash.AddIdentical((float[])[0f])), Of((ref RowHash hash) => hash.AddIdentical((float[])[-0f])), Of((ref RowHash hash) => hash.AddIdentical((float[])[0f, 0f])),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(Of((ref RowHash hash) => hash.Add((decimal[])[1.0m])), Of((ref RowHash hash) => hash.Add((decimal[])[1.00m])));
    }

    /// <summary>Whatever letters this machine's version of Unicode pairs, two texts that are equal without case hash alike.</summary>
    [Fact]
    public void Every_character_hashes_as_its_other_letter_case_does()
    {
        for (int code = 0; code <= 0x1FFFF; code++)
        {
            if (!Rune.IsValid(code))
            {
                continue;
            }

            string text = new Rune(code).ToString();
            foreach (string other in new[] { text.ToUpperInvariant(), text.ToLowerInvariant() })
            {
                if (other != text && string.Equals(text, other, StringComparison.OrdinalIgnoreCase) && Folded(text) != Folded(other))
                {
                    Assert.Fail($"U+{code:X4} and {other} are equal without case, and hash differently.");
                }
            }
        }

        Assert.NotEqual(Folded("ab"), Folded("ac"));
        Assert.NotEqual(Folded("日"), Folded("本"));
        Assert.Equal(Folded(new string('a', 200) + "B"), Folded(new string('A', 200) + "b"));
    }

    [Fact]
    public void Members_stored_as_json_are_equal_and_hash_alike_by_what_they_say()
    {
        JsonValue<Dictionary<string, decimal>> left = new(new() { ["é"] = 1.0m, ["a"] = 100 }, CountsJson.Default.DictionaryStringDecimal);
        JsonValue<Dictionary<string, decimal>> right = new(new() { ["a"] = 1e2m, ["é"] = 1 }, CountsJson.Default.DictionaryStringDecimal);
        JsonValue<Dictionary<string, decimal>> other = new(new() { ["a"] = 1, ["é"] = 100 }, CountsJson.Default.DictionaryStringDecimal);

        Assert.True(left == right);
        Assert.Equal(Of((ref RowHash hash) => hash.Add(left)), Of((ref RowHash hash) => hash.Add(right)));
        Assert.Equal(Of((ref RowHash hash) => hash.Add(left)), Of((ref RowHash hash) => hash.AddJson("""{"a":100,"é":1}""")));
        Assert.True(left != other);
        Assert.NotEqual(Of((ref RowHash hash) => hash.Add(left)), Of((ref RowHash hash) => hash.Add(other)));
    }

    /// <summary>Properties are in order of their names, not of how the names are written: neither the closing quote nor an escape is part of them.</summary>
    [Theory]
    [InlineData("""{"a b":2,"a":1}""", """{"a":1e0,"a b":2e0}""", 0x753D364C6A085616)]
    [InlineData("""{"a]":0,"a\\":0,"aA":0,"a#":0,"a\u0022":0,"a!":0,"a":0}""", """{"a":0,"a!":0,"a\"":0,"a#":0,"aA":0,"a\\":0,"a]":0}""", 0xE1B332C8095684AD)]
    [InlineData("""{"\\a":0,"\\\\":0,"\\\"":0,"\\":0,"\"":0,"":0}""", """{"":0,"\"":0,"\\":0,"\\\"":0,"\\\\":0,"\\a":0}""", 0x80DEE511CA72BB6D)]
    public void The_properties_of_json_are_in_order_of_utf16(string json, string form, ulong expected)
    {
        Assert.Equal(Of((ref RowHash hash) => hash.Add(form)), Of((ref RowHash hash) => hash.AddJson(json)));
        Assert.Equal(expected, Of((ref RowHash hash) => hash.AddJson(json)));
    }

    /// <summary>Beyond these bounds a text is no JSON, so it counts as it is written.</summary>
    [Fact]
    public void Json_has_128_levels_and_exponents_of_nine_digits()
    {
        string deepest = new string('[', 128) + new string(']', 128);

        Assert.Equal(Of((ref RowHash hash) => hash.AddJson(deepest)), Of((ref RowHash hash) => hash.AddJson(deepest + " ")));
        Assert.NotEqual(Of((ref RowHash hash) => hash.AddJson($"[{deepest}]")), Of((ref RowHash hash) => hash.AddJson($"[{deepest}] ")));
        Assert.Equal(Of((ref RowHash hash) => hash.AddJson("1e999999999")), Of((ref RowHash hash) => hash.AddJson(" 1E+999999999")));
        Assert.NotEqual(Of((ref RowHash hash) => hash.AddJson("1e1000000000")), Of((ref RowHash hash) => hash.AddJson(" 1e1000000000")));
    }

    private const ulong ComparedHash = 0x95B449283C61DA91;

    private delegate void Adding(ref RowHash hash);

    private static ulong Of(Adding add)
    {
        RowHash hash = default;
        add(ref hash);
        return hash.Value;
    }

    private static void AddBoth(ref RowHash hash, string first, string second)
    {
        hash.Add(first);
        hash.Add(second);
    }

    private static ulong Folded(string text) => Of((ref RowHash hash) => hash.Add(text, TextComparison.IgnoreCase));
}
