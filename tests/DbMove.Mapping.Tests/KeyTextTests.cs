using System.Text.Json;
using CsCheck;

namespace DbMove.Mapping.Tests;

public sealed class KeyTextTests
{
    private static readonly DateTime s_time = new DateTime(2024, 2, 29, 1, 2, 3).AddTicks(1_234_567);

    [Fact]
    public void Values_are_formatted_invariantly()
    {
        Assert.Equal("-42", KeyText.Format(-42));
        Assert.Equal("18446744073709551615", KeyText.Format(ulong.MaxValue));
        Assert.Equal("true", KeyText.Format(true));
        Assert.Equal("ä", KeyText.Format('ä'));
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", KeyText.Format(new Guid("00112233-4455-6677-8899-AABBCCDDEEFF")));
        Assert.Equal("2024-02-29T01:02:03.123456", KeyText.Format(s_time));
        Assert.Equal("2024-02-28T23:02:03.123456Z", KeyText.Format(new DateTimeOffset(s_time, TimeSpan.FromHours(2))));
        Assert.Equal("2024-02-29", KeyText.Format(DateOnly.FromDateTime(s_time)));
        Assert.Equal("01:02:03.123456", KeyText.Format(TimeOnly.FromDateTime(s_time)));
    }

    [Fact]
    public void Values_come_back_from_their_text()
    {
        Gen.Bool.Sample(value => KeyText.ParseBoolean(KeyText.Format(value)) == value);
        Gen.Byte.Sample(value => KeyText.ParseByte(KeyText.Format(value)) == value);
        Gen.SByte.Sample(value => KeyText.ParseSByte(KeyText.Format(value)) == value);
        Gen.Short.Sample(value => KeyText.ParseInt16(KeyText.Format(value)) == value);
        Gen.UShort.Sample(value => KeyText.ParseUInt16(KeyText.Format(value)) == value);
        Gen.Int.Sample(value => KeyText.ParseInt32(KeyText.Format(value)) == value);
        Gen.UInt.Sample(value => KeyText.ParseUInt32(KeyText.Format(value)) == value);
        Gen.Long.Sample(value => KeyText.ParseInt64(KeyText.Format(value)) == value);
        Gen.ULong.Sample(value => KeyText.ParseUInt64(KeyText.Format(value)) == value);
        Gen.Char.Sample(value => KeyText.ParseChar(KeyText.Format(value)) == value);
        Gen.Guid.Sample(value => KeyText.ParseGuid(KeyText.Format(value)) == value);
        Gen.DateOnly.Sample(value => KeyText.ParseDateOnly(KeyText.Format(value)) == value);
        Gen.DateTime.Select(Cut).Sample(value => KeyText.ParseDateTime(KeyText.Format(value)) == value);
        Gen.DateTime.Select(Cut).Sample(value => KeyText.ParseTimeOnly(KeyText.Format(TimeOnly.FromDateTime(value))) == TimeOnly.FromDateTime(value));
        Gen.DateTime.Select(Cut).Sample(value =>
        {
            DateTimeOffset instant = new(DateTime.SpecifyKind(value, DateTimeKind.Utc));
            DateTimeOffset parsed = KeyText.ParseDateTimeOffset(KeyText.Format(instant));
            return parsed == instant && parsed.Offset == TimeSpan.Zero;
        });

        static DateTime Cut(DateTime value) => new(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    [Fact]
    public void Any_texts_come_back_from_a_key() =>
        Gen.String[Gen.Char, 0, 12].Array[1, 4].Sample(parts => KeyText.Split(KeyText.Join(parts), parts.Length).SequenceEqual(parts, StringComparer.Ordinal));

    [Fact]
    public void A_key_is_json()
    {
        string[] parts = ["plain", "quote \" backslash \\ slash /", "line\nfeed\0", "日本 😀", ""];

        Assert.Equal(parts, JsonSerializer.Deserialize<string[]>(KeyText.Join(parts)));
        Assert.Equal(parts, KeyText.Split(JsonSerializer.Serialize(parts), parts.Length));
        Assert.Equal("""["42","de"]""", KeyText.Join("42", "de"));
        Assert.Equal(["42", "de"], KeyText.Split(" [ \"42\" ,\n\"de\" ] ", 2));
    }

    [Fact]
    public void A_lone_surrogate_keeps_its_own_text()
    {
        Assert.Equal("""["\ud800"]""", KeyText.Join("\ud800"));
        Assert.NotEqual(KeyText.Join("\ud800"), KeyText.Join("\ufffd"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("[42]")]
    [InlineData("[\"42\"")]
    [InlineData("[\"42]")]
    [InlineData("[\"42\"] x")]
    [InlineData("[\"42\",]")]
    [InlineData("[\"a\",\"b\"]")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[\"\\u12\"]")]
    [InlineData("[\"\\u+123\"]")]
    [InlineData("[\"a\nb\"]")]
    [InlineData("[null]")]
    public void A_text_that_is_no_key_is_refused(string text) => Assert.Throws<FormatException>(() => KeyText.Split(text, 1));

    [Fact]
    public void A_part_of_another_type_is_refused_and_not_repeated()
    {
        Func<string, object>[] parsers =
        [
            text => KeyText.ParseBoolean(text), text => KeyText.ParseByte(text), text => KeyText.ParseSByte(text), text => KeyText.ParseInt16(text),
            text => KeyText.ParseUInt16(text), text => KeyText.ParseInt32(text), text => KeyText.ParseUInt32(text), text => KeyText.ParseInt64(text),
            text => KeyText.ParseUInt64(text), text => KeyText.ParseChar(text), text => KeyText.ParseGuid(text), text => KeyText.ParseDateTime(text),
            text => KeyText.ParseDateTimeOffset(text), text => KeyText.ParseDateOnly(text), text => KeyText.ParseTimeOnly(text),
        ];

        Assert.All(parsers, parse => Assert.DoesNotContain("secret", Assert.Throws<FormatException>(() => parse("secret")).Message, StringComparison.Ordinal));
        Assert.All(parsers, parse => Assert.Throws<FormatException>(() => parse("")));
        Assert.Throws<FormatException>(() => KeyText.ParseByte("256"));
        Assert.Throws<FormatException>(() => KeyText.ParseInt32(" 1"));
    }
}
