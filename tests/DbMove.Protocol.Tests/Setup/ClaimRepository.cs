namespace DbMove.Protocol.Tests.Setup;

/// <summary>Statements that name the schema of their side.</summary>
public sealed partial class ClaimRepository
{
    [Sql("""UPDATE "old shop".claim SET amount = amount + @by WHERE code LIKE @code""",
        Target = """"UPDATE "New""Shop".claims SET amount = amount + @by WHERE code LIKE @code"""")]
    public partial Task<int> AddAsync(string code, decimal by, CancellationToken cancellationToken = default);

    [Sql("""SELECT c.* FROM "old shop".claim AS c JOIN "old shop".part AS p ON p.claim_id = c.id WHERE p.note = @note""",
        Target = """"SELECT c.* FROM "New""Shop".claims AS c JOIN "New""Shop".part AS p ON p.claim_id = c.id WHERE p.note = @note"""")]
    public partial Task<Claim?> FindByNoteAsync(string note, CancellationToken cancellationToken = default);
}
