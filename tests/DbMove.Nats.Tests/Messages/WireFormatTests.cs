using System.Text;
using CsCheck;
using DbMove.Events;
using DbMove.Nats.Messages;

namespace DbMove.Nats.Tests.Messages;

/// <summary>The bytes of a message: what is written, and that whatever is read ends in an event or a defect.</summary>
public sealed class WireFormatTests
{
    private const string Right =
        """{"version":1,"id":"e1","migration":"shop","entity":"orders","kind":"target_missing","base":"source","keys":["[\"1\"]","[\"2\"]"],"created_at":"2026-01-02T03:04:05+00:00","attempts":3}""";

    private static readonly EventSubjects s_subjects = new("dbmove", "shop");
    private static readonly EventCodec s_codec = new("shop", s_subjects);

    [Fact]
    public void An_event_is_written_in_the_words_of_the_design()
    {
        InconsistencyEvent written = new()
        {
            Id = "e1",
            Migration = "shop",
            Entity = "orders",
            Kind = InconsistencyKind.MissingInTarget,
            Base = Side.Source,
            Keys = ["[\"1\"]", "[\"2\"]"],
            CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Attempts = 3,
        };
        Assert.Equal(Right, Encoding.UTF8.GetString(EventCodec.Write(written)).Replace("\\u0022", "\\\"", StringComparison.Ordinal));
        ReadEvent read = Read(EventCodec.Write(written));
        Assert.Null(read.Defect);
        Assert.Equal(written with { Attempts = 4, Keys = read.Event.Keys }, read.Event);
        Assert.Equal(written.Keys, read.Event.Keys);
    }

    [Fact]
    public void What_a_later_writer_of_this_version_adds_is_passed_over() =>
        Assert.Null(Read(Right.Replace("\"version\":1", "\"version\":1,\"more\":{\"a\":[1]}", StringComparison.Ordinal)).Defect);

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("garbage", "it is malformed")]
    [InlineData("null", "it has no version")]
    [InlineData("{}", "it has no version")]
    [InlineData("[1]", "it is malformed")]
    [InlineData("""{"version":2,"keys":{"packed":"elsewise"},"id":7}""", "it is of version 2, and this process reads version 1")]
    [InlineData("""{"version":"1"}""", "it is malformed at $.version")]
    [InlineData("""{"version":99999999999}""", "it is malformed")]
    [InlineData("""{"version":1}""", "it lacks id, migration, entity, kind, base, keys, created_at, attempts")]
    [InlineData("\"keys\":[\"[\\\"1\\\"]\",\"[\\\"2\\\"]\"]->\"keys\":[]", "it has 0 keys")]
    [InlineData("\"keys\":[\"[\\\"1\\\"]\"->\"keys\":[null", "one of its keys is empty")]
    [InlineData("\"keys\":[\"[\\\"1\\\"]\"->\"keys\":[5", "it is malformed at $.keys")]
    [InlineData("\"migration\":\"shop\"->\"migration\":\"other\"", "it belongs to another migration")]
    [InlineData("target_missing->nothing", "its kind is none")]
    [InlineData("\"base\":\"source\"->\"base\":\"middle\"", "its base is neither of the sides")]
    [InlineData("\"attempts\":3->\"attempts\":-1", "its attempts are out of range")]
    [InlineData("2026-01-02T03:04:05->yesterday", "it is malformed at $.created_at")]
    [InlineData("\"id\":\"e1\"->\"id\":\"\"", "it lacks id")]
    [InlineData("\"id\":\"e1\"->\"id\":\"\\ud800\"", "it is malformed")]
    [InlineData("}->", "it is malformed")]
    public void What_cannot_be_read_has_a_defect(string change, string defect)
    {
        string[] parts = change.Split("->");
        ReadEvent read = Read(parts.Length == 2 ? Right.Replace(parts[0], parts[1], StringComparison.Ordinal) : change);
        Assert.StartsWith(defect, read.Defect, StringComparison.Ordinal);
        Assert.Equal(("shop", "orders", "e9", 0), (read.Event.Migration, read.Event.Entity, read.Event.Id, read.Event.Keys.Count));
    }

    [Fact]
    public void More_than_a_thousand_keys_and_a_body_without_measure_are_defects()
    {
        string keys = string.Join(',', Enumerable.Repeat("\"k\"", 1001));
        Assert.StartsWith("it has 1001 keys", Read(Right.Replace("\"keys\":[", $"\"keys\":[{keys},", StringComparison.Ordinal).Replace(",\"[\\\"1\\\"]\",\"[\\\"2\\\"]\"]", "]", StringComparison.Ordinal)).Defect, StringComparison.Ordinal);
        Assert.StartsWith("it has 8388609 bytes", Read(new byte[EventCodec.MaximumBody + 1]).Defect, StringComparison.Ordinal);
        Assert.StartsWith("it is malformed", Read(Encoding.ASCII.GetBytes(new string('[', 100_000))).Defect, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e9.1", "e9")]
    [InlineData("a.b.12", "a.b")]
    [InlineData("a.b", "a.b")]
    [InlineData("e9.", "e9.")]
    [InlineData(".5", ".5")]
    [InlineData("", "body")]
    [InlineData(null, "body")]
    public void The_placeholder_has_the_identity_that_the_message_tells(string? messageId, string expected)
    {
        byte[] body = """{"version":1,"id":"body"}"""u8.ToArray();
        Assert.Equal(expected, s_codec.Read(body, s_subjects.Of("orders"), messageId, "fallback", default, 1).Event.Id);
        Assert.Equal(messageId is { Length: > 0 } ? expected : "fallback", s_codec.Read([0], "elsewhere", messageId, "fallback", default, 1).Event.Id);
    }

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 300].Sample(bytes => Assert.NotNull(Read(bytes).Defect), iter: 20_000);

    [Fact]
    public void A_damaged_message_never_throws_and_never_has_too_many_keys() => Gen.Select(Gen.Int[0, Right.Length - 1], Gen.Int[0, 12], Gen.Byte.Array[0, 6]).Sample(
        (at, removed, added) =>
        {
            byte[] right = Encoding.UTF8.GetBytes(Right);
            ReadEvent read = Read([.. right.Take(at), .. added, .. right.Skip(at + removed)]);
            Assert.True(read.Defect is not null || (read.Event.Keys.Count is > 0 and <= InconsistencyEvent.MaximumKeys && read.Event.Id.Length > 0 && read.Event.Migration == "shop"));
        },
        iter: 50_000);

    [Fact]
    public void Every_entity_has_a_legal_subject_that_leads_back_to_it() => Gen.OneOf(Gen.String, Gen.String["ab.*>% \u00e9\u4e2d-_=\t"], Gen.String.AlphaNumeric).Where(IsText).Sample(
        entity =>
        {
            string subject = s_subjects.Of(entity);
            Assert.Equal(entity, s_subjects.EntityOf(subject));
            string[] tokens = subject.Split('.');
            Assert.Equal(4, tokens.Length);
            Assert.All(tokens[2], letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '%'));
        },
        iter: 20_000);

    [Theory]
    [InlineData("orders", "dbmove.shop.orders.inconsistent")]
    [InlineData("sales.order lines", "dbmove.shop.sales%2Eorder%20lines.inconsistent")]
    [InlineData("a*b>c%", "dbmove.shop.a%2Ab%3Ec%25.inconsistent")]
    [InlineData("\u00e9", "dbmove.shop.%C3%A9.inconsistent")]
    public void A_subject_is_readable(string entity, string subject) => Assert.Equal(subject, s_subjects.Of(entity));

    [Theory]
    [InlineData("dbmove.shop.a.b.inconsistent")]
    [InlineData("dbmove.shop.%4.inconsistent")]
    [InlineData("dbmove.shop.%GG.inconsistent")]
    [InlineData("dbmove.shop..inconsistent")]
    [InlineData("dbmove.other.orders.inconsistent")]
    [InlineData("dbmove.shop.inconsistent")]
    public void Another_subject_has_no_entity(string subject) => Assert.Null(s_subjects.EntityOf(subject));

    // A lone half of a surrogate pair is no text and has no UTF-8.
    private static bool IsText(string text) => text.Length > 0 && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static ReadEvent Read(string body) => Read(Encoding.UTF8.GetBytes(body));

    private static ReadEvent Read(byte[] body) => s_codec.Read(body, s_subjects.Of("orders"), "e9.1", "fallback", DateTimeOffset.UnixEpoch, 1);
}
