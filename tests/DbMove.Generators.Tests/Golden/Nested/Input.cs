using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop.Domain;

public static partial class Warehouse
{
    internal partial record struct Shelves
    {
        [Migratable, Table("bins")]
        public sealed partial record Bin([property: Key] int Shelf, [property: Key] string Label)
        {
            public int Count { get; init; }

            // {new column}
        }

        partial class BinRepository
        {
            public string MigrationName => Migration.Name;
        }
    }
}
