namespace DbMove;

/// <summary>
/// Stores a member through a converter, on both sides or on one. The member's type may be any; the converter's stored type is one that
/// DbMove binds by itself. Not for a key: use a value object there.
/// </summary>
/// <typeparam name="TConverter">
/// A class or struct that implements <see cref="IValueConverter{TModel, TStored}"/> for the member's type, without <c>?</c>, once.
/// </typeparam>
/// <remarks>
/// A null is never converted: it is stored as null where the member may be null. Rows are compared by what the converter stores for them, so two values
/// that are stored alike are equal. Danger: a converter that loses something (a fraction, letter case) loses it on the first
/// write of a row by the repository; the backfill copies through the converter too.
/// </remarks>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class ConvertAttribute<TConverter> : Attribute
{
    /// <summary>Converts on both sides.</summary>
    public ConvertAttribute()
    {
    }

    /// <summary>Converts on one side; the other stores the member as it is, or through a converter of its own.</summary>
    /// <param name="side">The side.</param>
    public ConvertAttribute(Side side) => Side = side;

    /// <summary>The one side that it converts on; null: both.</summary>
    public Side? Side { get; }
}
