using DbMove.Mapping.Tests.Entities;
using DbMove.Mapping.Tests.Rows;

namespace DbMove.Mapping.Tests;

/// <summary>What generated maps and comparers do when they run.</summary>
public sealed class GeneratedMapTests
{
    private static readonly Everything s_full = new()
    {
        Id = long.MinValue,
        Boolean = true,
        Byte = 1,
        SByte = -2,
        Int16 = -3,
        UInt16 = 4,
        Int32 = -5,
        UInt32 = 6,
        UInt64 = ulong.MaxValue,
        Decimal = 1.50m,
        Double = double.NaN,
        Single = -0f,
        String = "Ünïcode",
        Char = 'x',
        Guid = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        DateTime = new DateTime(2024, 2, 29, 23, 59, 59),
        DateTimeOffset = new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.FromHours(2)),
        DateOnly = new DateOnly(2024, 2, 29),
        TimeOnly = new TimeOnly(1, 2, 3),
        TimeSpan = TimeSpan.FromTicks(12345),
        Bytes = [0, 255],
        Enum = DayOfWeek.Friday,
        Absent = 7,
        AbsentText = "here",
        AbsentEnum = DayOfWeek.Monday,
    };

    private static readonly Everything s_other = new()
    {
        Id = 1,
        Byte = 11,
        SByte = 12,
        Int16 = 13,
        UInt16 = 14,
        Int32 = 15,
        UInt32 = 16,
        UInt64 = 17,
        Decimal = 1.51m,
        Double = 1,
        Single = 2,
        String = "Ünïcode ",
        Char = 'y',
        Enum = DayOfWeek.Sunday,
        TimeOnly = new TimeOnly(4, 5),
        Bytes = [0, 254],
    };

    [Fact]
    public void A_row_that_was_written_is_read_back_equal()
    {
        List<object?> values = Row.Write<Everything, long, EverythingMap>(s_full);

        Everything read = Row.Read<Everything, long, EverythingMap>(values);

        Assert.NotSame(s_full, read);
        Assert.True(EverythingMap.Compare(s_full, read).IsEmpty);
        Assert.Equal(values, Row.Write<Everything, long, EverythingMap>(read));
    }

    [Fact]
    public void Enums_are_bound_as_their_integer_and_absent_values_as_null()
    {
        List<object?> values = Row.Write<Everything, long, EverythingMap>(s_other);

        Assert.Equal(0, values[^4]);
        Assert.Equal([null, null, null], values[^3..]);
        Assert.True(EverythingMap.Compare(s_other, Row.Read<Everything, long, EverythingMap>(values)).IsEmpty);
    }

    [Fact]
    public void A_difference_is_found_in_its_column_and_no_other()
    {
        List<object?> full = Row.Write<Everything, long, EverythingMap>(s_full);
        List<object?> other = Row.Write<Everything, long, EverythingMap>(s_other);
        for (int ordinal = 0; ordinal < full.Count; ordinal++)
        {
            List<object?> changed = [.. full];
            changed[ordinal] = other[ordinal];

            ColumnSet differences = EverythingComparer.Instance.Compare(s_full, Row.Read<Everything, long, EverythingMap>(changed));

            Assert.Equal(1, differences.Count);
            Assert.True(differences.Contains(ordinal), $"Column {ordinal}.");
        }
    }

    [Fact]
    public void A_null_that_must_not_be_is_refused_by_name()
    {
        List<object?> full = Row.Write<Everything, long, EverythingMap>(s_full);
        foreach (ColumnDescriptor column in EverythingMap.Descriptor.Columns.Where(column => !column.IsNullable))
        {
            List<object?> holed = [.. full];
            holed[column.Ordinal] = null;

            InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Row.Read<Everything, long, EverythingMap>(holed));

            Assert.StartsWith($"Everything.{column.Member} ", exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<InvalidDataException>(() => Row.Write<Everything, long, EverythingMap>(new Everything { String = null! }));
    }

    [Fact]
    public void An_ordinal_that_is_none_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
        {
            RowSink sink = new([]);
            EverythingMap.WriteColumn(s_full, EverythingMap.Descriptor.Columns.Length, ref sink);
        });

    [Fact]
    public void A_composite_key_is_in_key_order_everywhere()
    {
        Translation row = new("de", 42, DayOfWeek.Monday);
        TranslationKey key = TranslationMap.GetKey(row);

        Assert.Equal(new TranslationKey(42, "de", DayOfWeek.Monday), key);
        Assert.Equal(["Product", "Language", "Kind"], TranslationMap.Descriptor.KeyColumns.Select(column => column.Member));
        Assert.Equal("""["42","de","1"]""", TranslationMap.FormatKey(key));
        Assert.Equal(key, TranslationMap.ParseKey(TranslationMap.FormatKey(key)));
        Assert.Equal([42, "de", 1], Row.WriteKey<Translation, TranslationKey, TranslationMap>(key));
        Assert.Equal(key, Row.ReadKey<Translation, TranslationKey, TranslationMap>([42, "de", 1]));
        Assert.Throws<FormatException>(() => TranslationMap.ParseKey("""["42","de"]"""));
    }

    [Fact]
    public void Keys_are_compared_part_by_part()
    {
        TranslationKey[] ordered = [new(1, "z", DayOfWeek.Saturday), new(2, "a", DayOfWeek.Sunday), new(2, "a", DayOfWeek.Monday), new(2, "b", DayOfWeek.Sunday)];

        for (int left = 0; left < ordered.Length; left++)
        {
            for (int right = 0; right < ordered.Length; right++)
            {
                Assert.Equal(left.CompareTo(right), Math.Sign(TranslationMap.CompareKeys(ordered[left], ordered[right])));
            }
        }
    }

    [Fact]
    public void Private_setters_and_constructors_with_parameters_are_used()
    {
        Translation row = new Translation("de", 42, DayOfWeek.Monday).WithText("Hallo");

        Assert.Equal(row, Row.Read<Translation, TranslationKey, TranslationMap>(Row.Write<Translation, TranslationKey, TranslationMap>(row)));
    }

    [Fact]
    public void A_struct_is_an_entity_too()
    {
        Reading row = new(Guid.NewGuid(), 1.5);

        Assert.Equal(row, Row.Read<Reading, Guid, ReadingMap>(Row.Write<Reading, Guid, ReadingMap>(row)));
    }
}
