using DbMove.Docs.Tests.Documents;
using DbMove.Docs.Tests.Statements;

namespace DbMove.Docs.Tests;

/// <summary>docs/generated-code.md shows what the generator and the dialects really make.</summary>
public sealed class GeneratedCodeTests
{
    [Fact]
    public async Task The_document_shows_what_is_really_made()
    {
        Dictionary<string, string> blocks = MarkedSource.Read(Repository.Shop, "docs");
        blocks.Add("generated:header", GeneratedCode.Header);
        foreach (string part in new[] { "Entity", "Map", "Key", "Comparer", "Fixer", "Repository", "InMemory" })
        {
            blocks.Add($"generated:{part}", GeneratedCode.Read($"Shop.OrderLine.{part}.g.cs"));
        }

        blocks.Add("generated:registration", GeneratedCode.Read("DbMove.DbMoveDocsTestsRegistrations.g.cs"));
        foreach (Side side in new[] { Side.Source, Side.Target })
        {
            blocks.Add($"statements:postgresql {side}", ComposedStatements.PostgreSql(side));
            blocks.Add($"statements:sqlite {side}", await ComposedStatements.SqliteAsync(side));
        }

        MarkedDocument.Verify(Path.Combine(Repository.Root, "docs", "generated-code.md"), blocks, "csharp", "sql");
    }

    [Fact]
    public void Every_generated_file_of_the_entity_is_in_the_document() => Assert.Equal(
        ["Comparer", "Entity", "Fixer", "InMemory", "Key", "Map", "Repository"],
        Directory.GetFiles(Repository.GeneratedFiles, "Shop.OrderLine.*").Select(path => Path.GetFileName(path).Split('.')[2]).Order(StringComparer.Ordinal));
}
