using DbMove.Mapping;

namespace DbMove.Dialects;

/// <summary>
/// The few words in which engines differ where the runtime itself writes SQL: statements on the control tables. Row
/// statements are composed by the dialect's store.
/// </summary>
public abstract class SqlSyntax
{
    /// <summary>The type of a 64-bit integer column.</summary>
    public abstract string Int64Type { get; }

    /// <summary>The type of an unbounded text column that compares by code points.</summary>
    public abstract string TextType { get; }

    /// <summary>The definition, after the name, of a primary key that grows and is never used twice, even after the table was emptied.</summary>
    public abstract string GrowingKeyDefinition { get; }

    /// <summary>An expression: the database's clock now, as milliseconds since 1970 UTC, a 64-bit integer. It moves within a transaction.</summary>
    public abstract string NowMilliseconds { get; }

    /// <summary>What follows a SELECT so that its rows are locked for writing and rows locked by others are left out; empty where writers exclude each other anyway.</summary>
    public abstract string ForUpdateSkipLocked { get; }

    /// <summary>What follows a SELECT so that its rows are locked for writing; empty where writers exclude each other anyway.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>
    /// A statement that lets one transaction of the database at a time past it, until that transaction ends, also where
    /// nothing exists yet that could be locked; empty where writers exclude each other anyway.
    /// </summary>
    /// <param name="parameter">The parameter with its leading <c>@</c>: a text, what the transactions exclude each other from.</param>
    public abstract string ExcludeOthers(string parameter);

    /// <summary>A subquery of one column: the 64-bit integers in a JSON array given as text.</summary>
    /// <param name="parameter">The parameter with its leading <c>@</c>.</param>
    public abstract string Int64sFromJson(string parameter);

    /// <summary>A subquery of one column, <c>value</c>: the texts in a JSON array of strings given as text.</summary>
    /// <param name="parameter">The parameter with its leading <c>@</c>.</param>
    public abstract string TextsFromJson(string parameter);

    /// <summary>How a caller's own SQL is cut into words; null: the dialect cannot tell, and <see cref="DualWriteDataSource"/> refuses it.</summary>
    public virtual SqlLexicon? Lexicon => null;

    /// <summary>A decimal as a caller's own statement is given it where it meets no mapped column: a number to the engine, never a text.</summary>
    /// <exception cref="ArgumentException">The engine has no number that holds it.</exception>
    public virtual object Number(decimal value) => value;

    /// <summary>Quotes an identifier, whatever it holds.</summary>
    public abstract string Quote(string identifier);

    /// <summary>Quotes a table's name with its schema.</summary>
    public string Quote(TableName table) =>
        table.Schema is null ? Quote(table.Name) : Quote(table.Schema) + "." + Quote(table.Name);
}
