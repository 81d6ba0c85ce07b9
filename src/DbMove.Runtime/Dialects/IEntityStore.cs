using System.Data.Common;
using DbMove.Mapping;

namespace DbMove.Dialects;

/// <summary>
/// The statements of one entity on one side, composed once at start. Stateless and thread-safe; all state is in the
/// session. Every statement is prepared where the engine can, every value is a parameter, every identifier is quoted.
/// </summary>
/// <typeparam name="TEntity">The migratable entity.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
public interface IEntityStore<TEntity, TKey>
    where TEntity : notnull
    where TKey : notnull
{
    /// <summary>The composed statements by name, for documentation and support. The texts hold no data.</summary>
    IReadOnlyDictionary<string, string> Statements { get; }

    /// <summary>
    /// Names the digest of <see cref="DigestAsync"/>; null where there is none. Only digests of one name may be compared:
    /// the name covers algorithm, server version and column types.
    /// </summary>
    string? DigestName { get; }

    /// <summary>Inserts on the authority; the database gives the values of generated columns, and a row version is counted up. With the guard's intents.</summary>
    Task<WriteResult<TEntity>> InsertAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken);

    /// <summary>Updates by key on the authority every column that is neither key nor computed; counts a row version up from what is stored. Null in a column of one side leaves it as it is.</summary>
    Task<WriteResult<TEntity>> UpdateAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken);

    /// <summary>As <see cref="UpdateAsync(SideSession, WriteGuard, IReadOnlyList{TEntity}, CancellationToken)"/>, and null in some columns of one side is written.</summary>
    /// <param name="session">The authority's session.</param>
    /// <param name="guard">What must hold for the write.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cleared">The ordinals of the columns of one side in which null is written. Those that allow no null are left as they are, as are those that this side does not have or computes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="NotSupportedException">The dialect does not know columns of one side.</exception>
    Task<WriteResult<TEntity>> UpdateAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, IReadOnlyList<int> cleared, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This dialect does not clear columns with [SourceOnly] or [TargetOnly].");

    /// <summary>
    /// Inserts with the given key, or updates the row that has that primary key, on the authority. A clash with another
    /// unique index is an error, never an update of another row.
    /// </summary>
    Task<WriteResult<TEntity>> UpsertAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Inserts on the authority, with the given key, those of the rows whose key is not there; null where it is, and that row stays
    /// as it is. A clash with another unique index is an error. For entities with concurrency tokens.
    /// </summary>
    /// <exception cref="NotSupportedException">The dialect does not know concurrency tokens.</exception>
    Task<WriteResult<TEntity>> InsertAbsentAsync(SideSession session, WriteGuard guard, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This dialect does not write entities with [ConcurrencyCheck] or [Timestamp].");

    /// <summary>Deletes by key on the authority; each image is the row that went.</summary>
    Task<WriteResult<TEntity>> DeleteAsync(SideSession session, WriteGuard guard, IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <summary>Reads the rows that exist of these distinct keys, in no promised order; locks them in key order.</summary>
    Task<List<TEntity>> FindAsync(SideSession session, IReadOnlyList<TKey> keys, RowLock rowLock, CancellationToken cancellationToken);

    /// <summary>Reads up to <paramref name="limit"/> rows of a range in key order, without locks.</summary>
    Task<List<TEntity>> ReadPageAsync(SideSession session, KeyRange<TKey> range, int limit, CancellationToken cancellationToken);

    /// <summary>The key of the row that is number <paramref name="position"/> (from 1) in the range; null when the range has fewer rows.</summary>
    Task<KeyBound<TKey>?> FindBoundaryAsync(SideSession session, KeyRange<TKey> range, int position, CancellationToken cancellationToken);

    /// <summary>The greatest key; null when the table is empty.</summary>
    Task<KeyBound<TKey>?> FindLastKeyAsync(SideSession session, CancellationToken cancellationToken);

    /// <summary>About how many rows the table has, from statistics or a count, whichever is cheap.</summary>
    Task<long> EstimateRowCountAsync(SideSession session, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the follower hold exactly these rows: inserts, or updates every column of the row with that key. Generated
    /// columns are written too. In the order given.
    /// </summary>
    Task UpsertImagesAsync(SideSession session, IReadOnlyList<TEntity> images, CancellationToken cancellationToken);

    /// <summary>Deletes these keys on the follower, those that are there, in the order given. Returns how many went.</summary>
    Task<int> DeleteImagesAsync(SideSession session, IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <summary>
    /// Inserts those of the rows whose key is not there and leaves every existing row as it is, by the engine's fastest
    /// path. Returns how many were inserted. A clash with another unique index is an error.
    /// </summary>
    Task<int> InsertMissingAsync(SideSession session, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken);

    /// <summary>The keys of rows, other than the image's own, that hold the image's values of a unique index.</summary>
    Task<List<TKey>> FindHoldersAsync(SideSession session, TEntity image, UniqueIndexSchema index, CancellationToken cancellationToken);

    /// <summary>
    /// Sets the columns of a unique index on these rows to values that clash with none (null where allowed, else a
    /// value made up for the purpose), so that images can be written next. False when the types allow no such value.
    /// </summary>
    Task<bool> TryParkAsync(SideSession session, IReadOnlyList<TKey> keys, UniqueIndexSchema index, CancellationToken cancellationToken);

    /// <summary>
    /// The greatest number that this side's counter may have given out, caches included, or that stands in the table;
    /// null when no column is auto-numbered.
    /// </summary>
    Task<long?> ReadIdentityAsync(SideSession session, CancellationToken cancellationToken);

    /// <summary>Moves this side's counter so that the next number is greater than <paramref name="used"/>; never back.</summary>
    Task AdvanceIdentityAsync(SideSession session, long used, CancellationToken cancellationToken);

    /// <summary>Number of rows and a digest of a range that does not depend on their order; equal ranges have equal digests.</summary>
    /// <exception cref="NotSupportedException"><see cref="DigestName"/> is null.</exception>
    Task<RangeDigest> DigestAsync(SideSession session, KeyRange<TKey> range, CancellationToken cancellationToken);

    /// <summary>The key that stands in the first columns of a row that a caller's own statement returned, in key order.</summary>
    /// <exception cref="NotSupportedException">The dialect gives out no commands, so there are no such rows.</exception>
    TKey ReadKey(DbDataReader row) => throw new NotSupportedException("This dialect does not read keys from a caller's own statements.");

    /// <summary>
    /// Every mapped column that this side has, as <see cref="OpenRows"/> reads it, in ordinal order and separated by commas, for a caller's own statement.
    /// </summary>
    /// <param name="qualifier">What each column is qualified by; empty: nothing.</param>
    /// <exception cref="NotSupportedException">The dialect gives out no commands, so there are no such rows.</exception>
    string ListColumns(string qualifier) => throw new NotSupportedException("This dialect does not read rows from a caller's own statements.");

    /// <summary>Reads rows that a caller's own statement returns: each call gives the entity in the reader's present row.</summary>
    /// <param name="reader">The driver's reader, before its first row or on it.</param>
    /// <param name="positions">Where in the row each mapped column stands, by ordinal; -1: this side does not have it.</param>
    /// <exception cref="NotSupportedException">The dialect gives out no commands, so there are no such rows.</exception>
    Func<TEntity> OpenRows(DbDataReader reader, IReadOnlyList<int> positions) => throw new NotSupportedException("This dialect does not read rows from a caller's own statements.");

    /// <summary>Adds a parameter to a caller's own statement, in the form in which a mapped column stores it.</summary>
    /// <param name="command">The driver's command.</param>
    /// <param name="name">The parameter's name, without the <c>@</c>.</param>
    /// <param name="ordinal">The column's ordinal.</param>
    /// <param name="value">What <see cref="SqlValue"/> writes, or null.</param>
    /// <exception cref="NotSupportedException">The dialect gives out no commands.</exception>
    void Bind(DbCommand command, string name, int ordinal, object? value) => throw new NotSupportedException("This dialect does not bind a caller's own statements.");

    /// <summary>Whether <see cref="Bind"/> gives every value of a member the same parameter for both of these columns, so that one parameter may meet both.</summary>
    /// <param name="first">The ordinal of a column.</param>
    /// <param name="second">That of another one, whose member is of the same type.</param>
    /// <exception cref="NotSupportedException">The dialect gives out no commands.</exception>
    bool BindsAlike(int first, int second) => throw new NotSupportedException("This dialect does not bind a caller's own statements.");

    /// <summary>Prepares the statements of one image on this session's connection, where that lasts longer than the session.</summary>
    Task PrepareImagesAsync(SideSession session, CancellationToken cancellationToken) => Task.CompletedTask;
}
