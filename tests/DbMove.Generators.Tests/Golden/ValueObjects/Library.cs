using System;

namespace Shop.Library;

public readonly record struct CarrierId(Guid Value)
{
    public override string ToString() => Value.ToString();
}
