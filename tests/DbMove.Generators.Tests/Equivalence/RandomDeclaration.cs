using System.Text;

namespace DbMove.Generators.Tests.Equivalence;

/// <summary>The text of a random entity declaration, by seed: most are wrong in one or several ways, many are right.</summary>
internal sealed class RandomDeclaration(int seed)
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using DbMove;

        """;

    private static readonly string[] s_types =
    [
        "int", "long", "short", "ulong", "string", "string?", "decimal", "double", "float?", "Guid", "DateTime", "DateTimeOffset?", "DateOnly", "TimeSpan",
        "byte[]", "char", "bool?", "int?", "DayOfWeek", "DayOfWeek?", "int[]", "object?", "Uri?", "List<string>", "nint", "(int, int)", "Parent?", "List<Parent>",
    ];

    // Types that only a value object, or nothing without a converter, makes a column of.
    private static readonly string[] s_wrapped =
    [
        "Code", "Code?", "Label", "Label?", "Weekday", "Double", "Pair", "Mutable", "Extras", "Nothing", "Uri", "int[]",
    ];

    private const string Wrappers =
        """
        public readonly record struct Code(long Value);
        public readonly record struct Label(string Value);
        public readonly record struct Weekday(DayOfWeek Day);
        public readonly record struct Double(Code Value);
        public readonly record struct Pair(int A, int B);
        public struct Mutable { public int Value { get; set; } }
        [Flags] public enum Extras { None, Gift }
        public enum Nothing;
        public sealed class UriText : IValueConverter<Uri, string>, IValueConverter<int[], string>
        {
            public static string ToStored(Uri value) => value.OriginalString;
            static Uri IValueConverter<Uri, string>.FromStored(string stored) => new(stored);
            public static string ToStored(int[] value) => string.Join(',', value);
            static int[] IValueConverter<int[], string>.FromStored(string stored) => [stored.Length];
        }
        public sealed class Json() : System.Text.Json.Serialization.JsonSerializerContext(null)
        {
            public static Json Default { get; } = new();
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        public sealed class IntParity : IValueConverter<int, bool> { public static bool ToStored(int value) => value == 1; public static int FromStored(bool stored) => stored ? 1 : 0; }
        public sealed class IntEnum : IValueConverter<int, DayOfWeek> { public static DayOfWeek ToStored(int value) => (DayOfWeek)value; public static int FromStored(DayOfWeek stored) => (int)stored; }

        """;

    private readonly Random _random = new(seed);

    // Every other declaration is mostly usual, or hardly one would be right in all of its parts.
    private readonly bool _isTame = seed % 2 == 0;

    public string Text()
    {
        StringBuilder text = new(Usings);
        text.Append(Pick("", "", "", "#nullable disable\n"));
        text.Append(Pick("", "namespace Shop;\n", "namespace Shop.@event;\n"));
        string container = Chance(_isTame ? 0.1 : 0.2)
            ? Pick("public static partial class Outer", "internal partial struct Outer", "public class Outer", "public partial class Outer<T>", "file partial class Outer", "internal partial interface Outer", "partial record Outer(int Number)")
            : "";
        text.Append(container).Append(container.Length > 0 ? "\n{\n" : "");
        text.Append(Entity("Order"));
        text.Append(Companions());
        text.Append(container.Length > 0 ? "}\n" : "").Append(Wrappers);
        text.Append("public class Parent { public int Id { get; set; } }\npublic class Loose { public long Id { get; set; } public virtual string? Label { get; set; } protected internal int Hidden { get; set; } }\n");
        if (Chance(0.15))
        {
            text.Append(Pick(
                "[Migratable] public partial class Other { public int Id { get; set; } }",
                "[Migratable, Table(\"order\")] public partial class Other { public int Id { get; set; } }",
                "[Migratable(Name = \"Order\")] public partial record Other(Guid Id);",
                "[Migratable, Table(\"orders\")] internal partial class Other { public int Id { get; set; } }"));
        }

        return text.ToString();
    }

    private string Entity(string name)
    {
        string kind = Pick("class", "class", "class", "record", "record", "struct", "record struct", "record class");
        string modifiers = Usually("public ", "internal ", "", "public sealed ", "private ", "file ", "protected internal ", "public abstract ", "public static ", "public readonly ", "ref ");
        if (kind.EndsWith("struct", StringComparison.Ordinal))
        {
            modifiers = modifiers.Replace("sealed ", "", StringComparison.Ordinal).Replace("abstract ", "", StringComparison.Ordinal).Replace("static ", "", StringComparison.Ordinal);
        }
        else
        {
            modifiers = modifiers.Replace("readonly ", "", StringComparison.Ordinal).Replace("ref ", "", StringComparison.Ordinal);
        }

        StringBuilder text = new();
        text.Append(Pick("[Migratable]", "[Migratable]", "[Migratable(Name = \"Order\")]", "[Migratable, Table(\"orders\")]", "[Migratable, Table(\"or\\\"der\", Schema = \"s\"), TargetTable(\"größe\")]")).Append('\n');
        text.Append(modifiers).Append(Chance(_isTame ? 0.97 : 0.85) ? "partial " : "").Append(kind).Append(' ').Append(name).Append(Chance(0.03) ? "<T>" : "");
        bool isPositional = kind.StartsWith("record", StringComparison.Ordinal) && Chance(0.5);
        if (isPositional)
        {
            text.Append(Pick("(int Id)", "([property: Key] string Code, decimal Total)", "(long Id, string? Note = null)", "(object Id)", "(Guid Id, in int Count)"));
        }

        if (kind == "class" && Chance(0.15))
        {
            text.Append(Pick(" : Loose", " : Loose", " : Other"));
        }

        text.Append("\n{\n");
        Members(text, isPositional);
        if (Chance(0.2))
        {
            text.Append(Pick(
                $"    private {name}() {{ }}\n",
                $"    public {name}(int other) {{ _ = other; }}\n",
                $"    public {name}(int a, string b) {{ _ = a; _ = b; }}\n",
                $"    protected {name}(long id) {{ _ = id; }}\n"));
        }

        return text.Append("}\n").ToString();
    }

    private void Members(StringBuilder text, bool isPositional)
    {
        if (!isPositional && Chance(0.8))
        {
            text.Append("    public ").Append(Usually("long", "int", "Guid", "string", "int?", "double", "Code", "Label", "Weekday", "Pair", "Mutable")).Append(Usually(" Id", " Id", " OrderId", " ID")).Append(" { get; set; }").Append('\n');
        }

        foreach (string name in new[] { "A", "B", "C", "@class", "Größe", "Sum" }.Take(_random.Next(6)))
        {
            text.Append("    ").Append(Attributes()).Append(Usually("public ", "public ", "public ", "internal ", "private ", "public required ", "public static ", "public virtual "));
            text.Append(Chance(0.2) ? Pick(s_wrapped) : _isTame ? s_types[_random.Next(20)] : Pick(s_types)).Append(' ').Append(name);
            text.Append(Usually(" { get; set; }", " { get; init; }", " { get; init; }", " { get; }", " { get; private set; }", " { private get; set; }", " => default!;", " { set { } }", " { get; protected set; }"));
            text.Append('\n');
        }

        text.Append(Chance(0.1) ? "    public int this[int index] => index;\n" : "");
    }

    private string Attributes() => Chance(_isTame ? 0.8 : 0.55) ? "" : Pick(
        "[Key] ", "[Key] ", "[Key, Column(Order = 1)] ", "[Key, Column(Order = 2)] ", "[NotMapped] ", "[UpdatedAt] ", "[Column(\"id\")] ", "[Column(\"a\")] ", "[Column(\"or\\\"der\")] ",
        "[TargetColumn(\"b\")] ", "[DatabaseGenerated(DatabaseGeneratedOption.Identity)] ", "[Key, DatabaseGenerated(DatabaseGeneratedOption.Computed)] ", "[ForeignKey(\"Id\")] ", "[Obsolete] ", "[Required] ",
        "[StoreAsText] ", "[StoreAsText] ", "[Key, StoreAsText] ", "[Convert<UriText>] ", "[Convert<UriText>] ", "[Convert<IntParity>] ", "[Convert<IntEnum>] ", "[Convert<Parent>] ", "[Convert<UriText>, StoreAsText] ",
        "[Timestamp] ", "[ConcurrencyCheck] ", "[Timestamp, TargetOnly] ", "[ConcurrencyCheck, SourceOnly] ", "[Json<Json>] ", "[Json<Json>] ", "[Json<Json>, StoreAsText] ", "[Key, Json<Json>] ",
        "[CompareTolerance(1)] ", "[CompareTolerance(-1)] ", "[CompareText(TextComparison.Trimmed)] ", "[CompareJson] ", "[NotCompared] ", "[CompareJson, NotCompared] ", "[CompareWith<Uri>] ", "[ComparePrecision(TimePrecision.Seconds)] ",
        "[SourceOnly] ", "[TargetOnly] ", "[SourceOnly, TargetOnly] ", "[SourceOnly, TargetColumn(\"b\")] ", "[Key, TargetOnly] ", "[TargetColumn(TypeName = \"text\")] ");

    private string Companions() => Chance(_isTame ? 0.85 : 0.7) ? "" : Pick(
        "public partial class OrderRepository { public int Count => 1; }\n",
        "public class OrderRepository;\n",
        "internal partial class OrderRepository(int number) { public int Number => number; }\n",
        "[Repository<Order>] public partial class Elsewhere;\n",
        "[Repository<Order>] public class Elsewhere;\n",
        "[Repository<Order>] partial class First; [Repository<Order>] partial class Second;\n",
        "public class OrderMap;\n",
        "public record OrderKey(int A);\n",
        "public enum OrderFixer;\n",
        "public interface OrderComparer;\n",
        "public partial record OrderRepository;\n");

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private string Usually(string usual, params ReadOnlySpan<string> choices) => _isTame && Chance(0.85) ? usual : Pick(choices);

    private string Pick(params ReadOnlySpan<string> choices) => choices[_random.Next(choices.Length)];
}
