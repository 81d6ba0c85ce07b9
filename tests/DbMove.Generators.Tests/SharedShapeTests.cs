using System.Runtime.CompilerServices;
using DbMove.Generators.Tests.Harness;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests;

/// <summary>Two dozen rules ask for the shape of one entity: it is found out once, and goes with its compilation.</summary>
public sealed class SharedShapeTests
{
    private const string Source = "[DbMove.Migratable] public partial class Order { public int Id { get; set; } }";

    [Fact]
    public void Whoever_asks_gets_the_same_shape()
    {
        INamedTypeSymbol type = Order(TestCompilation.Create(Source));
        EntityShape[] shapes = new EntityShape[8];
        Parallel.For(0, shapes.Length, index => shapes[index] = EntityShape.Inspect(type, TestContext.Current.CancellationToken));

        Assert.All(shapes, shape => Assert.Same(shapes[0], shape));
    }

    [Fact]
    public void An_edit_gives_another_shape()
    {
        Compilation compilation = TestCompilation.Create(Source);
        EntityShape right = EntityShape.Inspect(Order(compilation), TestContext.Current.CancellationToken);
        Compilation edited = compilation.AddSyntaxTrees(TestCompilation.Parse("public class OrderMap;", "Other.cs"));

        Assert.True(right.IsValid);
        Assert.False(EntityShape.Inspect(Order(edited), TestContext.Current.CancellationToken).IsValid);
    }

    [Fact]
    public void A_cancelled_inspection_leaves_nothing_behind()
    {
        INamedTypeSymbol type = Order(TestCompilation.Create(Source));

        Assert.Throws<OperationCanceledException>(() => EntityShape.Inspect(type, new CancellationToken(canceled: true)));
        Assert.Single(EntityShape.Inspect(type, TestContext.Current.CancellationToken).Members);
    }

    [Fact]
    public void Shapes_go_with_their_compilation()
    {
        WeakReference shape = Inspect();
        for (int turn = 0; turn < 10 && shape.IsAlive; turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(shape.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Inspect() =>
        new(EntityShape.Inspect(Order(TestCompilation.Create(Source)), TestContext.Current.CancellationToken));

    private static INamedTypeSymbol Order(Compilation compilation) => compilation.GetTypeByMetadataName("Order")!;
}
