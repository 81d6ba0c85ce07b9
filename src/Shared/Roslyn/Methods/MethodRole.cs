namespace DbMove.Roslyn;

/// <summary>What a parameter of a <c>[Sql]</c> method is for.</summary>
internal enum MethodRole
{
    /// <summary>A value of the statement.</summary>
    Value,

    /// <summary>The transaction.</summary>
    Transaction,

    /// <summary>The token.</summary>
    Cancellation,
}
