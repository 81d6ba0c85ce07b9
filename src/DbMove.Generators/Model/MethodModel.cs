namespace DbMove.Generators.Model;

/// <summary>A <c>[Sql]</c> method, whose body is emitted.</summary>
internal sealed record MethodModel
{
    /// <summary>Where the repository is declared.</summary>
    public required ScopeModel Scope { get; init; }

    /// <summary>The repository's name as code writes it.</summary>
    public required string Repository { get; init; }

    /// <summary>What goes with the repository; null where the method is not one that everybody sees, without the interface where that may not have it.</summary>
    public required ContractModel? Contract { get; init; }

    /// <summary>The return type as it is declared.</summary>
    public required string ReturnType { get; init; }

    /// <summary>What the names of the repository's files begin with.</summary>
    public required string HintPrefix { get; init; }

    /// <summary>The entity; null where the method has an error, and the body only says so.</summary>
    public required EntityModel? Entity { get; init; }

    /// <summary>The method's name as metadata has it.</summary>
    public required string Name { get; init; }

    /// <summary>The method's name as code writes it.</summary>
    public required string Identifier { get; init; }

    /// <summary>Everything before the parameters.</summary>
    public required string Head { get; init; }

    /// <summary>Whether the user's part has a comment of its own.</summary>
    public required bool IsDocumented { get; init; }

    public required EquatableArray<MethodParameterModel> Parameters { get; init; }

    public required string Source { get; init; }

    public required string? Target { get; init; }

    public required int CommandTimeout { get; init; }

    /// <summary><c>Task</c>, <c>ValueTask</c> or <c>IAsyncEnumerable</c>.</summary>
    public required string Wrapper { get; init; }

    /// <summary>The result's type, or that of its elements, as it is declared; null where there is none.</summary>
    public required string? Element { get; init; }

    public required bool IsList { get; init; }

    /// <summary>Whether a single result may be missing.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>What a row becomes; null: the rows are counted.</summary>
    public required MethodRowModel? Row { get; init; }
}
