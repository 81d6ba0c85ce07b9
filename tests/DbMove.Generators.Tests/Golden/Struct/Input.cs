using System;
using DbMove;

namespace Shop.Domain;

[Migratable]
public partial struct Reading
{
    public Guid Id { get; set; }

    public double Value { get; set; }

    // {new column}
}
