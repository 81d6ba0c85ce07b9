namespace DbMove;

/// <summary>
/// Turns a member's value into what its column stores, and back. Named by <see cref="ConvertAttribute{TConverter}"/>; never instantiated, so it
/// has no state and costs no allocation of its own.
/// </summary>
/// <typeparam name="TModel">The member's type, without <c>?</c>.</typeparam>
/// <typeparam name="TStored">
/// What is stored: a type that DbMove binds by itself, as <see cref="string"/>, <see cref="int"/> or <see cref="decimal"/>. Not nullable, no enum.
/// </typeparam>
public interface IValueConverter<TModel, TStored>
    where TModel : notnull
    where TStored : notnull
{
    /// <summary>What is stored for a value. The same value always gives the same result. An exception fails the write of the row; throw as <see cref="FromStored"/> does.</summary>
    /// <param name="value">The member's value; never null.</param>
    static abstract TStored ToStored(TModel value);

    /// <summary>
    /// The value of what is stored; <c>FromStored(ToStored(x))</c> must be <c>x</c>, or data is lost. Throw a
    /// <see cref="FormatException"/> or <see cref="InvalidDataException"/>, without the data in its message, for what is none: a row that
    /// cannot be read is named by entity and member, and is parked by a repair.
    /// </summary>
    /// <param name="stored">What the column holds; never null.</param>
    static abstract TModel FromStored(TStored stored);
}
