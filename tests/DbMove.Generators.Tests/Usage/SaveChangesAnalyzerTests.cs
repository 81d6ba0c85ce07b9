using DbMove.Generators.Tests.Harness;

namespace DbMove.Generators.Tests.Usage;

public sealed class SaveChangesAnalyzerTests() : UsageRuleTests("DBM2003")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        In("shop.SaveChanges();"),
        In("await shop.SaveChangesAsync(token);"),
        In("await shop.SaveChangesAsync(acceptAllChangesOnSuccess: true);"),
        In("await shopFace.SaveChangesAsync(token);"),
        In("using var derived = new Derived(); derived.SaveChanges();", "private sealed class Derived : Base; private class Base : DbContext { public DbSet<Order> Orders { get; set; } = null!; }"),
        """public sealed class Late : DbContext { public DbSet<Order> Orders { get; set; } = null!; public void Flush() => SaveChanges(); }""",
        """public class Open : DbContext { public DbSet<Order> Orders { get; set; } = null!; } public static class Code { public static void Run<T>(T context) where T : Open => context.SaveChanges(); }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        In("await notes.SaveChangesAsync(token);"),
        In("DbContext any = notes; any.SaveChanges();"),
        In("shop.Orders.Add(order); shop.ChangeTracker.Clear();"),
        """public sealed class Late : DbContext { public DbSet<Order> Orders { get; set; } = null!; public override int SaveChanges(bool accept) => base.SaveChanges(accept); }""",
        """public sealed class Draft { public List<Order> Orders { get; } = []; public void SaveChanges() { } } public static class Uses { public static void Use(Draft draft) => draft.SaveChanges(); }""",
    ];
}
