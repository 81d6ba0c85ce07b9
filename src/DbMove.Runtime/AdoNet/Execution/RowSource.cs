using System.Data.Common;
using DbMove.Mapping;

namespace DbMove.AdoNet.Execution;

/// <summary>What the rows of a method's statement become.</summary>
internal abstract class RowSource<T>
{
    /// <summary>Each call gives what the reader's present row becomes.</summary>
    /// <param name="reader">The driver's reader.</param>
    /// <param name="side">Which side it reads.</param>
    /// <param name="skip">How many of the first columns are DbMove's own.</param>
    public abstract Func<T> Open(DbDataReader reader, Side side, int skip);

    /// <summary>Reads written rows again, where a trigger may have changed them after they were returned.</summary>
    public virtual Task<List<T>> ReadAgainAsync(DbMove.Dialects.SideSession session, List<T> rows, CancellationToken cancellationToken) => Task.FromResult(rows);

    /// <summary>The place of a column in a result; -1: it has none of that name.</summary>
    /// <exception cref="InvalidOperationException">It has two.</exception>
    protected static int Find(DbDataReader reader, string name, int skip, bool ignoreUnderscores)
    {
        int place = -1;
        for (int index = skip; index < reader.FieldCount; index++)
        {
            string found = reader.GetName(index);
            if (!string.Equals(found, name, StringComparison.OrdinalIgnoreCase)
                && !(ignoreUnderscores && string.Equals(found.Replace("_", string.Empty, StringComparison.Ordinal), name.Replace("_", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            // SELECT * of two tables: the first would be as good as the second, and one of them another table's.
            place = place < 0 ? index : throw new InvalidOperationException(
                $"The result has two columns for '{name}'. Select the columns of one table (o.*), each by its name, or give one of them another name with AS.");
        }

        return place;
    }
}
