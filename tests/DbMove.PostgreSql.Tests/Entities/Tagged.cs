using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.PostgreSql.Tests.Entities;

/// <summary>Arrays that are compared bit by bit.</summary>
[Migratable(Comparison = EntityComparison.Identical), Table("tagged")]
public sealed partial class Tagged
{
    public const string Definition = """
        CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TABLE tagged (id bigint PRIMARY KEY, tags text[] COLLATE folding NOT NULL, codes varchar(9)[] COLLATE folding NOT NULL, prices numeric[] NOT NULL, ratios double precision[] NOT NULL);
        INSERT INTO tagged VALUES (1, '{a}', '{b}', '{1.0}', '{0}');
        """;

    [Column("id")]
    public long Id { get; set; }

    [Column("tags")]
    public required string[] Tags { get; set; }

    [Column("codes")]
    public required string[] Codes { get; set; }

    [Column("prices")]
    public required decimal[] Prices { get; set; }

    [Column("ratios")]
    public required double[] Ratios { get; set; }
}
