using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>
/// Leads from an entity to its generated types. The generated half of a <c>[Migratable]</c> entity implements it;
/// it is what <c>AddEntity&lt;T&gt;()</c> asks for.
/// </summary>
/// <typeparam name="TSelf">The entity.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMigratable<TSelf>
    where TSelf : notnull, IMigratable<TSelf>
{
    /// <summary>Calls the visitor with the entity's key and map types.</summary>
    static abstract TResult Accept<TResult>(IEntityVisitor<TResult> visitor);

    /// <summary>Names the entity's generated services: its repository and its fixer.</summary>
    static abstract void AddServices(IMigratableServices services);
}
