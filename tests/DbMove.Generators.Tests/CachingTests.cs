using DbMove.Generators.Tests.Harness;
using Xunit.Sdk;

namespace DbMove.Generators.Tests;

/// <summary>Shows that each of the caching assertions, which every other test makes, can fail.</summary>
public sealed class CachingTests
{
    private const string Source =
        """
        [DbMove.Migratable]
        public sealed partial class Order
        {
            public long Id { get; set; }
        }
        """;

    [Fact]
    public void Cached_fails_when_an_entity_changed() =>
        Assert.ThrowsAny<XunitException>(() => CachingAssertions.IsCached(Edited("Id { get; set; }", "Id { get; set; } public int Added { get; set; }")));

    [Fact]
    public void Cached_fails_when_an_entity_went() =>
        Assert.ThrowsAny<XunitException>(() => CachingAssertions.IsCached(Edited("[DbMove.Migratable]", "")));

    [Fact]
    public void Modified_fails_when_only_a_comment_changed() =>
        Assert.ThrowsAny<XunitException>(() => CachingAssertions.IsModified(Edited("public long", "/* a comment */ public long")));

    [Fact]
    public void Modified_fails_when_the_registrations_changed_too() =>
        Assert.ThrowsAny<XunitException>(() => CachingAssertions.IsModified(Edited("class Order", "class Invoice")));

    private static Microsoft.CodeAnalysis.GeneratorRunResult Edited(string from, string to) =>
        GeneratorRun.StartUnchecked(Source).AfterEdit(source => source.Replace(from, to, StringComparison.Ordinal)).Result;
}
