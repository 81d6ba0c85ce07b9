#nullable disable
using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;
using Microsoft.EntityFrameworkCore;

[Migratable, Table("order_lines"), PrimaryKey(nameof(Order), nameof(Line))]
public partial class OrderLine
{
    public int Line { get; set; }

    public string Order { get; set; }

    public string Comment { get; set; }

    [Required]
    public string Product { get; set; }

    public virtual Parcel Parcel { get; set; }

    public virtual ICollection<Parcel> Alternatives { get; } = new List<Parcel>();

    [ForeignKey(nameof(Product))]
    public virtual Uri Link { get; set; }

    // {new column}
}

public class Parcel
{
    public int Id { get; set; }
}

namespace Microsoft.EntityFrameworkCore
{
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class PrimaryKeyAttribute(string propertyName, params string[] additionalPropertyNames) : Attribute
    {
        public IReadOnlyList<string> PropertyNames { get; } = [propertyName, .. additionalPropertyNames];
    }
}
