namespace DbMove.Generators.Model;

/// <summary>Where a type is declared: its namespace and the types around it.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Containers">The types around it, outermost first.</param>
internal sealed record ScopeModel(string Namespace, EquatableArray<ContainerModel> Containers)
{
    /// <summary>A type of this scope, fully qualified.</summary>
    public string Qualify(string identifier) => "global::" + Dotted(identifier);

    /// <summary>The full name of a type of this scope.</summary>
    public string Dotted(string identifier)
    {
        string path = string.Concat(Containers.Select(static container => container.Identifier + "."));
        return Namespace.Length == 0 ? path + identifier : Namespace + "." + path + identifier;
    }
}
