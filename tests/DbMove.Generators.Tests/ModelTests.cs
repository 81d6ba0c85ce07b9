using System.Collections.Immutable;
using System.Reflection;
using DbMove.Generators.Model;

namespace DbMove.Generators.Tests;

/// <summary>The model is data: no symbol, syntax node, compilation or location, which would keep compilations alive and defeat the cache.</summary>
public sealed class ModelTests
{
    public static TheoryData<Type> ModelTypes =>
        [.. typeof(EntityModel).Assembly.GetTypes().Where(type => type.Namespace == typeof(EntityModel).Namespace && !type.Name.Contains('<') && !type.IsGenericTypeDefinition)];

    [Theory]
    [MemberData(nameof(ModelTypes))]
    public void A_model_is_an_equatable_record_of_plain_data(Type type)
    {
        Assert.Contains(type.GetInterfaces(), contract => contract == typeof(IEquatable<>).MakeGenericType(type));
        Assert.All(
            type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public),
            field => Assert.True(IsData(field.FieldType), $"{type.Name}.{field.Name} is a {field.FieldType}."));
    }

    [Theory]
    [InlineData(typeof(ImmutableArray<string>))]
    [InlineData(typeof(string[]))]
    [InlineData(typeof(Microsoft.CodeAnalysis.Location))]
    [InlineData(typeof(Microsoft.CodeAnalysis.ISymbol))]
    public void The_test_refuses_what_is_no_data(Type type) => Assert.False(IsData(type));

    [Fact]
    public void Equal_arrays_are_equal_and_hash_alike()
    {
        EquatableArray<string> left = new(["a", "b"]);
        EquatableArray<string> right = new(["a", "b"]);

        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, new EquatableArray<string>(["a", "c"]));
        Assert.Equal(default, new EquatableArray<string>([]));
    }

    [Fact]
    public void Column_types_have_the_names_of_the_runtime() =>
        Assert.Equal(Enum.GetNames<Mapping.ColumnType>(), Enum.GetNames(typeof(ColumnModel).GetProperty(nameof(ColumnModel.Type))!.PropertyType));

    [Fact]
    public void Comparisons_have_the_names_of_the_runtime() =>
        Assert.Equal(Enum.GetNames<Mapping.ColumnComparison>(), Enum.GetNames(typeof(ComparisonModel).GetProperty(nameof(ComparisonModel.Kind))!.PropertyType));

    private static bool IsData(Type type) =>
        type == typeof(string)
        || type == typeof(int)
        || type == typeof(bool)
        || type.IsEnum
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) && IsData(type.GetGenericArguments()[0]))
        || type.Namespace == typeof(EntityModel).Namespace;
}
