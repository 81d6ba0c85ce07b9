using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Sdk;

namespace DbMove.Generators.Tests;

/// <summary>Which steps an edit makes anew; and shows that each of the caching assertions, which every other test makes, can fail.</summary>
public sealed class CachingTests
{
    private const string Source =
        """
        [DbMove.Migratable]
        public sealed partial class Order
        {
            public long Id { get; set; }
        }

        public sealed partial class OrderRepository
        {
            [DbMove.Sql("DELETE FROM \"Order\" WHERE Id > 1")]
            public partial System.Threading.Tasks.Task<int> DeleteAsync();
        }

        [DbMove.Migratable]
        public sealed partial class Line
        {
            public long Id { get; set; }
        }

        [DbMove.Repository<Line>]
        public sealed partial class Lines;

        [DbMove.Migratable]
        public sealed class Wrong
        {
            public long Id { get; set; }
        }
        """;

    [Fact]
    public void A_text_makes_its_file_anew_and_nothing_else() =>
        CachingAssertions.AreAloneModified(Edited("Id > 1", "Id > 2"), TrackingNames.Methods, TrackingNames.MethodOutputs);

    [Fact]
    public void A_repository_makes_its_entity_anew_and_no_other() =>
        CachingAssertions.AreAloneModified(Edited("partial class Lines;", "partial class Rows;"), TrackingNames.Repositories, TrackingNames.ValidEntities, TrackingNames.Outputs);

    [Fact]
    public void The_key_of_an_entity_with_an_error_makes_the_outlines_anew_and_nothing_else() =>
        CachingAssertions.AreAloneModified(Edited("class Wrong\n{\n    public long Id", "class Wrong\n{\n    public int Id"), TrackingNames.Outlines);

    [Theory]
    [InlineData("an entity", "class Order\n{", "class Order\n{ public int Added { get; set; }")]
    [InlineData("an entity that went", "[DbMove.Migratable]\npublic sealed partial class Order", "public sealed partial class Order")]
    [InlineData("a text", "Id > 1", "Id > 2")]
    [InlineData("a repository", "partial class Lines;", "partial class Rows;")]
    [InlineData("an outline", "class Wrong\n{\n    public long Id", "class Wrong\n{\n    public int Id")]
    public void Cached_fails_when_something_changed(string what, string from, string to) =>
        Assert.True(Record.Exception(() => CachingAssertions.IsCached(Edited(from, to))) is XunitException, what);

    [Fact]
    public void Modified_fails_when_only_a_comment_changed() =>
        Assert.ThrowsAny<XunitException>(() => CachingAssertions.IsModified(Edited("public long", "/* a comment */ public long")));

    [Fact]
    public void Modified_fails_when_the_registrations_changed_too() =>
        Assert.ThrowsAny<XunitException>(() => CachingAssertions.IsModified(Edited("class Line\n", "class Invoice\n")));

    [Fact]
    public void Alone_modified_fails_when_another_step_changed_too() =>
        Assert.ThrowsAny<XunitException>(() => CachingAssertions.AreAloneModified(Edited("Id > 1", "Id > 2"), TrackingNames.Methods));

    private static GeneratorRunResult Edited(string from, string to)
    {
        Assert.Contains(from, Source, StringComparison.Ordinal);
        return GeneratorRun.StartUnchecked(Source).AfterEdit(source => source.Replace(from, to, StringComparison.Ordinal)).Result;
    }
}
