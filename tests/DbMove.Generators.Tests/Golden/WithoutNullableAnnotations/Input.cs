#nullable disable
using System.ComponentModel.DataAnnotations;
using DbMove;

namespace Shop.Domain;

[Migratable]
public partial class Legacy
{
    public string Id { get; set; }

    [Required]
    public string Name { get; set; }

    public string Note { get; set; }

    public byte[] Picture { get; set; }

    public int? Count { get; set; }

    // {new column}
}
