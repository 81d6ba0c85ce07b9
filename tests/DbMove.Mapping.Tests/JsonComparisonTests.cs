using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace DbMove.Mapping.Tests;

/// <summary>JSON is compared by what it says.</summary>
public sealed class JsonComparisonTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("100", "1e2")]
    [InlineData("0", "-0.0e5")]
    [InlineData("0.05", "5E-2")]
    [InlineData("-12.50", "-1.25e+1")]
    [InlineData("123456789012345678901234567890.10", "123456789012345678901234567890.1")]
    [InlineData("1e400", "10e399")]
    [InlineData("\"a\"", " \"\\u0061\" ")]
    [InlineData("\"/\\\"\\\\\\b\\f\\n\\r\\t\"", "\"\\/\\u0022\\u005C\\u0008\\u000c\\u000A\\u000d\\u0009\"")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\U0001F600\"")]
    [InlineData("{}", "{ }")]
    [InlineData("[]", "[\n]")]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}")]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", "{\"b\":2,\"a\":3}")]
    [InlineData("{\"a\":{\"c\":[1,2],\"b\":null}}", "{\"a\":{\"b\":null,\"c\":[1,2]}}")]
    [InlineData("{\"c\":0,\"b\":{\"z\":1,\"y\":2},\"a\":[{\"q\":1,\"p\":2}]}", "{\"a\":[{\"p\":2,\"q\":1}],\"b\":{\"y\":2,\"z\":1},\"c\":0}")]
    public void Texts_that_say_the_same_are_equal_and_hash_alike(string left, string right)
    {
        Assert.True(JsonComparison.AreEqual(left, right));
        Assert.True(JsonComparison.AreEqual(right, left));
        Assert.Equal(Hash(left), Hash(right));
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("1", "-1")]
    [InlineData("1", "10")]
    [InlineData("1", "\"1\"")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("null", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("[1,2]", "[2,1]")]
    [InlineData("[1]", "[[1]]")]
    [InlineData("[1,2]", "[1]")]
    [InlineData("[[],1]", "[[1]]")]
    [InlineData("true", "false")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("\"a\"", "\"a \"")]
    [InlineData("{\"a\":1}", "{\"A\":1}")]
    [InlineData("{\"a\":null}", "{}")]
    [InlineData("{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}")]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":1,\"b\":2}")]
    [InlineData("{\"a\\\",\\\"b\":1}", "{\"a\":1,\"b\":1}")]
    public void Texts_that_say_something_else_differ(string left, string right)
    {
        Assert.False(JsonComparison.AreEqual(left, right));
        Assert.False(JsonComparison.AreEqual(right, left));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{a:1}")]
    [InlineData("[1 2]")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("1e9999999999")]
    [InlineData("NaN")]
    [InlineData("tru")]
    [InlineData("truex")]
    [InlineData("\"a")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"\n\"")]
    [InlineData("1 1")]
    public void A_text_that_is_no_json_equals_only_itself(string text)
    {
        Assert.True(JsonComparison.AreEqual(text, new string(text)));
        Assert.False(JsonComparison.AreEqual(text, text + " "));
        Assert.False(JsonComparison.AreEqual("1", text));
        Assert.NotEqual(Hash(text), Hash(text + " "));
    }

    [Fact]
    public void Nulls_are_equal_and_too_deep_a_nesting_is_compared_as_text()
    {
        string deep = new string('[', 129) + new string(']', 129);
        string fits = new string('[', 128) + new string(']', 128);

        Assert.True(JsonComparison.AreEqual(null, null));
        Assert.False(JsonComparison.AreEqual(null, "null"));
        Assert.True(JsonComparison.AreEqual(fits, fits + " "));
        Assert.True(JsonComparison.AreEqual(deep, deep));
        Assert.False(JsonComparison.AreEqual(deep, deep + " "));
    }

    [Fact]
    public void Random_documents_are_equal_however_they_are_written() =>
        Gen.Select(Document(3), Gen.Int[0, 1_000_000]).Sample(drawn =>
        {
            string text = drawn.Item1?.ToJsonString() ?? "null";
            StringBuilder other = new();
            Rewrite(drawn.Item1, new Random(drawn.Item2), other);

            Assert.True(JsonComparison.AreEqual(text, other.ToString()), $"{text} and {other}");
            Assert.Equal(Hash(text), Hash(other.ToString()));
        });

    [Fact]
    public void Random_documents_differ_where_the_platform_says_so() =>
        Gen.Select(Document(2), Document(2)).Sample(drawn =>
            Assert.Equal(
                JsonNode.DeepEquals(drawn.Item1, drawn.Item2),
                JsonComparison.AreEqual(drawn.Item1?.ToJsonString() ?? "null", drawn.Item2?.ToJsonString() ?? "null")));

    private static Gen<JsonNode?> Document(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Document(depth - 1).Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())])),
            Gen.Select(Name, Document(depth - 1)).Array[0, 40].Select(properties =>
            {
                JsonObject result = [];
                foreach ((string name, JsonNode? value) in properties)
                {
                    result[name] = value?.DeepClone();
                }

                return (JsonNode?)result;
            }));

    private static Gen<string> Name => Gen.String[Gen.Char["abÄ\"\\\n"], 0, 3];

    private static Gen<JsonNode?> Leaf => Gen.OneOf(
        Gen.Bool.Select(_ => (JsonNode?)null),
        Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
        Gen.Int[-3, 3].Select(value => (JsonNode?)JsonValue.Create(value)),
        Name.Select(value => (JsonNode?)JsonValue.Create(value)));

    private static void Rewrite(JsonNode? node, Random random, StringBuilder text)
    {
        text.Append(' ', random.Next(2));
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonArray array:
                text.Append('[');
                foreach ((int index, JsonNode? item) in array.Index())
                {
                    text.Append(index == 0 ? "" : ",");
                    Rewrite(item, random, text);
                }

                text.Append('\n', random.Next(2)).Append(']');
                break;
            case JsonObject properties:
                text.Append('{');
                KeyValuePair<string, JsonNode?>[] shuffled = [.. properties];
                random.Shuffle(shuffled);
                foreach ((int index, KeyValuePair<string, JsonNode?> property) in shuffled.Index())
                {
                    text.Append(index == 0 ? "" : ",");
                    Write(property.Key, random, text);
                    text.Append(" :");
                    Rewrite(property.Value, random, text);
                }

                text.Append('}');
                break;
            default:
                string written = node.ToJsonString();
                if (written[0] == '"')
                {
                    Write(node.GetValue<string>(), random, text);
                }
                else
                {
                    text.Append(written).Append(char.IsAsciiDigit(written[^1]) && random.Next(2) == 0 ? ".00e0" : "");
                }

                break;
        }

        text.Append('\t', random.Next(2));
    }

    private static void Write(string value, Random random, StringBuilder text)
    {
        text.Append('"');
        foreach (char unit in value)
        {
            _ = unit is '"' or '\\' or < ' ' || random.Next(2) == 0 ? text.Append("\\u").Append(((int)unit).ToString("x4", null)) : text.Append(unit);
        }

        text.Append('"');
    }

    private static ulong Hash(string text)
    {
        RowHash hash = default;
        hash.AddJson(text);
        return hash.Value;
    }
}
