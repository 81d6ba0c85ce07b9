namespace DbMove.Runtime.Tests.Schema;

/// <summary>Every rule of the schema check, by one fault each and by its nearest sound neighbour.</summary>
public sealed class SchemaRulesTests
{
    public static TheoryData<string> Refused => [.. RefusedSchemas.All.Keys];

    public static TheoryData<string> Accepted => [.. AcceptedSchemas.All.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_fault_is_refused_by_one_sentence_with_place_and_remedy(string fault)
    {
        (Action<EntityCase> change, string[] says) = RefusedSchemas.All[fault];
        EntityCase entity = new();
        change(entity);
        await using CheckRun run = new(entity);

        string finding = Assert.Single(await run.RefusalsAsync());

        Assert.StartsWith("Entity 'orders'", finding, StringComparison.Ordinal);
        Assert.EndsWith(".", finding, StringComparison.Ordinal);
        Assert.All(says, part => Assert.Contains(part, finding, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task What_is_no_fault_is_accepted(string name)
    {
        (Action<EntityCase> change, string? warning) = AcceptedSchemas.All[name];
        EntityCase entity = new();
        change(entity);
        await using CheckRun run = new(entity);

        Assert.Empty(await run.RefusalsAsync());

        if (warning is null)
        {
            Assert.Empty(run.Warnings);
        }
        else
        {
            Assert.Contains(warning, Assert.Single(run.Warnings), StringComparison.Ordinal);
        }
    }
}
