using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.@event.@new;

public static partial class @static
{
    [Migratable, Table("order")]
    public sealed partial record order([property: Key] long @long, [property: Key] string @string, int @value, bool? @partial)
    {
        [Column("select"), TargetColumn("from")]
        public @enum @record { get; init; }

        // {new column}
    }

    [Migratable]
    public sealed partial class Group
    {
        public int Id { get; set; }

        [Column("key")]
        public string? Key { get; set; }
    }

    public enum @enum
    {
        @default,
        @case,
    }
}
