namespace DbMove.Mapping.Tests;

/// <summary>
/// What a JSON type's own code throws is an error of the row, which a repair sets apart: anything else would end the repair of all rows.
/// </summary>
public sealed class JsonColumnTests
{
    [Theory]
    [InlineData("""{"Kind":"kept","Share":1}""", "ArgumentException")]
    [InlineData("""{"Kind":null,"Share":1}""", "NullReferenceException")]
    [InlineData("""{"Kind":"a","Share":0}""", "DivideByZeroException")]
    [InlineData("""{"Kind":"missing","Share":1}""", "KeyNotFoundException")]
    [InlineData("""{"Kind":1,"Share":1}""", "JsonException")]
    public void What_the_types_own_code_refuses_cannot_be_read(string stored, string kind)
    {
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => JsonColumn.FromStored(stored, StrictJson.Default.Strict, "Order", "Terms"));

        Assert.StartsWith("Order.Terms cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.Contains(kind, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kept", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_cannot_be_written_is_refused_by_entity_and_member_and_in_a_comparison()
    {
        Shape value = new Square();

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => JsonColumn.ToStored(value, StrictJson.Default.Shape, "Order", "Seal"));

        Assert.StartsWith("Order.Seal cannot be stored", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new JsonValue<Shape>(value, StrictJson.Default.Shape).Equals(new JsonValue<Shape>(new Circle(), StrictJson.Default.Shape)));
    }

    [Fact]
    public void What_a_converter_throws_is_a_refusal_too()
    {
        Assert.Throws<InvalidDataException>(() => Conversion<FirstConverter, string, string>.ToStored("", "Order", "Code"));
        Assert.Throws<InvalidDataException>(() => Conversion<FirstConverter, string, string>.FromStored("", "Order", "Code"));
        Assert.Throws<OperationCanceledException>(() => Conversion<FirstConverter, string, string>.FromStored("cancel", "Order", "Code"));
    }

    private sealed class FirstConverter : IValueConverter<string, string>
    {
        public static string ToStored(string value) => value.Select(letter => letter.ToString()).First();

        public static string FromStored(string stored) => stored == "cancel" ? throw new OperationCanceledException() : ToStored(stored);
    }
}
