namespace DbMove.Generators.Model;

/// <summary>Everything that the emitters know of an entity.</summary>
internal sealed record EntityModel
{
    public required ScopeModel Scope { get; init; }

    /// <summary>The entity's name as metadata has it; the generated types' names begin with it.</summary>
    public required string Name { get; init; }

    /// <summary>The entity's name as code writes it.</summary>
    public required string Identifier { get; init; }

    /// <summary><c>class</c>, <c>record</c>, <c>struct</c> or <c>record struct</c>.</summary>
    public required string Keyword { get; init; }

    /// <summary><c>public</c> or <c>internal</c>.</summary>
    public required string Accessibility { get; init; }

    /// <summary>Whether other assemblies see the entity: it is public, and so is every type around it.</summary>
    public required bool IsVisibleOutside { get; init; }

    public required string WireName { get; init; }

    /// <summary>What the names of this entity's files begin with: unique in the assembly.</summary>
    public required string HintPrefix { get; init; }

    public required TableModel Source { get; init; }

    public required TableModel Target { get; init; }

    /// <summary>Whether values are compared bit by bit.</summary>
    public required bool IsIdentical { get; init; }

    public required EquatableArray<ColumnModel> Columns { get; init; }

    /// <summary>The ordinals of the key's columns, in key order.</summary>
    public required EquatableArray<int> Key { get; init; }

    /// <summary>The ordinals of the columns that the constructor takes, in the order of its parameters.</summary>
    public required EquatableArray<int> ConstructorArguments { get; init; }

    /// <summary>The ordinals of the columns that the object initializer sets.</summary>
    public required EquatableArray<int> Initialized { get; init; }

    /// <summary>The user's half of the repository; null when there is none.</summary>
    public required RepositoryModel? Repository { get; init; }

    /// <summary>What goes with the repository while the user has no half of it.</summary>
    public required ContractModel OwnContract { get; init; }

    /// <summary>Whether the entity has an error, so that only its outline is emitted.</summary>
    public bool IsOutline { get; init; }

    public bool IsStruct => Keyword is "struct" or "record struct";

    public bool HasCompositeKey => Key.Count > 1;

    /// <summary>The entity, fully qualified.</summary>
    public string FullName => Scope.Qualify(Identifier);

    public string MapName => IsOutline ? $"global::DbMove.Mapping.MissingMap<{FullName}, {KeyType}>" : Companion("Map");

    public string ComparerName => Companion("Comparer");

    public string FixerName => Companion("Fixer");

    public string KeyStructName => Companion("Key");

    public ContractModel Contract => Repository?.Contract ?? OwnContract;

    /// <summary>The repository's interface, fully qualified; null: there is none.</summary>
    public string? InterfaceName => Contract.Interface is { } name ? (Repository?.Scope ?? Scope).Qualify(name) : null;

    public string RepositoryName => Repository is { } user ? user.Scope.Qualify(user.Identifier) : Companion("Repository");

    /// <summary>The type of the key, fully qualified; <c>object</c> in the outline of an entity without key.</summary>
    public string KeyType => Key.Count == 0 ? "object" : HasCompositeKey ? KeyStructName : Columns[Key[0]].TypeName;

    private string Companion(string suffix) => Scope.Qualify(Name + suffix);
}
