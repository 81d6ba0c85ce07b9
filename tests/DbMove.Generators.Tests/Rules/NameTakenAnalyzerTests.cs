using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Rules;

public sealed class NameTakenAnalyzerTests() : RuleTests("DBM1012")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }public class OrderMap;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public interface OrderComparer;""",
        """[Migratable] public partial class Order { public int Id { get; set; }  }public enum OrderFixer;""",
        """[Migratable] public partial class Order { [Key] public int A { get; set; } [Key] public int B { get; set; } } public record OrderKey;""",
        """public static partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } public static int OrderMap => 1; }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; }  }public class OrderKey; public class OrderMap<T>; namespace Elsewhere { public class OrderMap; }""",
    ];
}
