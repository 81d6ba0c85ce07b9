using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Names that need quoting or are keywords, in SQL and in C#, of a positional record.</summary>
[Migratable(Name = "odd \"name\""), Table("my \"odd\" table"), TargetTable("tab'le \"x\"")]
public sealed partial record Odd(
    [property: Key, Column("order")] long @class,
    [property: Key, Column("i\"d")] string @where,
    [property: Column("Group"), TargetColumn("sel\"ect")] string? @event);
