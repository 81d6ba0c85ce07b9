namespace DbMove.PostgreSql.Statements;

/// <summary>What a write on the authority does.</summary>
/// <remarks>
/// Not nested in the generic store: Native AOT loads the store's type at run time (the dialect does not know the entity,
/// nor the runtime the dialect), and fails on the virtual methods of an enum that is nested in it.
/// </remarks>
internal enum WriteOperation
{
    Insert,
    Update,
    Upsert,

    /// <summary>Inserts with the given key, and leaves a row that has it as it is.</summary>
    InsertAbsent,
}
