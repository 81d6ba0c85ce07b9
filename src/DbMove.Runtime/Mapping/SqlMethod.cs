using System.ComponentModel;
using DbMove.AdoNet.Execution;

namespace DbMove.Mapping;

/// <summary>What the generated body of a <see cref="SqlAttribute"/> method calls. Each may throw what the repository's own reads and writes do.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SqlMethod
{
    /// <summary>Runs a write.</summary>
    /// <returns>How many rows it touched.</returns>
    public static Task<int> CountAsync<TEntity, TKey, TMap>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        repository.Migration.Methods.CountAsync(Call(repository, statement, arguments), repository.CheckTransaction(transaction), cancellationToken);

    /// <summary>Runs a query or a write.</summary>
    /// <returns>The entities that it gives, or the after-images of the rows that it touched; of a deletion, the rows that went.</returns>
    public static async Task<IReadOnlyList<TEntity>> ListAsync<TEntity, TKey, TMap>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        await repository.Migration.Methods.RowsAsync(
            Call(repository, statement, arguments) with { GivesEntities = true }, Entities(repository, statement), repository.CheckTransaction(transaction), cancellationToken).ConfigureAwait(false);

    /// <summary>Runs a query, or a write with a RETURNING of its own.</summary>
    /// <returns>What becomes of its rows.</returns>
    public static async Task<IReadOnlyList<T>> ListAsync<TEntity, TKey, TMap, T>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, Func<SqlRow, T> read, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        await repository.Migration.Methods.RowsAsync(
            Call(repository, statement, arguments), new ProjectedRows<T>(statement, read), repository.CheckTransaction(transaction), cancellationToken).ConfigureAwait(false);

    /// <summary>Runs a query or a write that concerns one row at most.</summary>
    /// <returns>The entity, or the default where there is none.</returns>
    /// <exception cref="InvalidOperationException">There are more; a write wrote nothing then.</exception>
    public static async Task<TEntity?> SingleOrDefaultAsync<TEntity, TKey, TMap>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : class
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        (await OneAsync(repository, statement, arguments, transaction, cancellationToken).ConfigureAwait(false)) is [{ } only] ? only : null;

    /// <inheritdoc cref="SingleOrDefaultAsync{TEntity, TKey, TMap}"/>
    public static async Task<TEntity?> SingleOrNullAsync<TEntity, TKey, TMap>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : struct
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        (await OneAsync(repository, statement, arguments, transaction, cancellationToken).ConfigureAwait(false)) is [var only] ? only : null;

    /// <summary>Runs a query or a write that concerns exactly one row.</summary>
    /// <returns>The entity.</returns>
    /// <exception cref="InvalidOperationException">There are more, or none; a write wrote nothing then.</exception>
    public static async Task<TEntity> SingleAsync<TEntity, TKey, TMap>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        (await OneAsync(repository, statement, arguments, transaction, cancellationToken).ConfigureAwait(false)) is [var only] ? only : throw None(statement);

    /// <summary>Runs a query, or a write with a RETURNING of its own, that gives one row at most.</summary>
    /// <returns>What becomes of the row; the default where there is none.</returns>
    /// <exception cref="InvalidOperationException">There are more; a write wrote nothing then.</exception>
    public static async Task<T?> SingleOrDefaultAsync<TEntity, TKey, TMap, T>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, Func<SqlRow, T> read, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        (await OneAsync(repository, statement, arguments, read, transaction, cancellationToken).ConfigureAwait(false)) is [var only] ? only : default;

    /// <summary>Runs a query, or a write with a RETURNING of its own, that gives exactly one row.</summary>
    /// <returns>What becomes of the row.</returns>
    /// <exception cref="InvalidOperationException">There are more, or none; a write that gave more wrote nothing.</exception>
    public static async Task<T> SingleAsync<TEntity, TKey, TMap, T>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, Func<SqlRow, T> read, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        (await OneAsync(repository, statement, arguments, read, transaction, cancellationToken).ConfigureAwait(false)) is [var only] ? only : throw None(statement);

    /// <summary>Runs a query and gives its entities as they come.</summary>
    public static IAsyncEnumerable<TEntity> StreamAsync<TEntity, TKey, TMap>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        repository.Migration.Methods.StreamAsync(
            Call(repository, statement, arguments) with { GivesEntities = true }, Entities(repository, statement), repository.CheckTransaction(transaction), cancellationToken);

    /// <summary>Runs a query and gives what becomes of its rows as they come.</summary>
    public static IAsyncEnumerable<T> StreamAsync<TEntity, TKey, TMap, T>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, Func<SqlRow, T> read, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        repository.Migration.Methods.StreamAsync(
            Call(repository, statement, arguments), new ProjectedRows<T>(statement, read), repository.CheckTransaction(transaction), cancellationToken);

    /// <summary>What a method of an in-memory repository throws until it is overridden: nothing there runs SQL.</summary>
    /// <param name="method">The method's name.</param>
    public static NotSupportedException RunsNoSql(string method) =>
        new($"{method} runs SQL, and nothing in memory does. Derive from the in-memory repository and override the method with what it means: RowsIn gives it the rows.");

    private static Task<List<TEntity>> OneAsync<TEntity, TKey, TMap>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        repository.Migration.Methods.RowsAsync(
            Call(repository, statement, arguments) with { GivesEntities = true, Maximum = 1 }, Entities(repository, statement), repository.CheckTransaction(transaction), cancellationToken);

    private static Task<List<T>> OneAsync<TEntity, TKey, TMap, T>(
        DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments, Func<SqlRow, T> read, DualWriteTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        repository.Migration.Methods.RowsAsync(
            Call(repository, statement, arguments) with { Maximum = 1 }, new ProjectedRows<T>(statement, read), repository.CheckTransaction(transaction), cancellationToken);

    private static MethodCall Call<TEntity, TKey, TMap>(DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement, SqlArguments arguments)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        new(statement, arguments, repository.Binding);

    private static EntityRows<TEntity, TKey, TMap> Entities<TEntity, TKey, TMap>(DualWriteRepositoryBase<TEntity, TKey, TMap> repository, SqlStatement statement)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        new(repository.Binding, statement);

    private static InvalidOperationException None(SqlStatement statement) =>
        new($"{statement.Method} gives one row, and its statement gave none. Declare its result nullable where there may be none.");
}
