namespace DbMove;

/// <summary>
/// Stores an enum by the names of its members, on both sides or on one, instead of as its number: <c>Status.Open</c> as <c>Open</c>.
/// Also for a value object over an enum. Not for a <c>[Flags]</c> enum and not for a key.
/// </summary>
/// <remarks>
/// The column is a text column. Names are compared exactly, by case too. A text that is no name of the enum stops the reading of its row with an
/// <see cref="InvalidDataException"/> that names entity, member and column. Of several names of one value, the first declared is written and all
/// are read, so rows that say so in two ways are equal. Danger: a member that is renamed no longer reads the rows that were written before;
/// keep the old name beside the new one until they are rewritten.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StoreAsTextAttribute : Attribute
{
    /// <summary>Stores names on both sides.</summary>
    public StoreAsTextAttribute()
    {
    }

    /// <summary>Stores names on one side and numbers on the other.</summary>
    /// <param name="side">The side that has the names.</param>
    public StoreAsTextAttribute(Side side) => Side = side;

    /// <summary>The one side that has the names; null: both.</summary>
    public Side? Side { get; }
}
