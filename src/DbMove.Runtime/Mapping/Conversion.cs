using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>
/// Calls a converter's static members, also where it implements them explicitly. What the converter refuses is an error of the
/// data, which parks a row instead of being tried again. For generated code.
/// </summary>
/// <typeparam name="TConverter">The converter.</typeparam>
/// <typeparam name="TModel">The member's type.</typeparam>
/// <typeparam name="TStored">What is stored.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Conversion<TConverter, TModel, TStored>
    where TConverter : IValueConverter<TModel, TStored>
    where TModel : notnull
    where TStored : notnull
{
    /// <summary>What is stored for a value.</summary>
    /// <param name="value">The member's value.</param>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    /// <exception cref="InvalidDataException">The converter refuses the value.</exception>
    public static TStored ToStored(TModel value, string entity, string member)
    {
        try
        {
            return TConverter.ToStored(value);
        }
        catch (Exception exception) when (ValueRefusal.Is(exception))
        {
            throw new InvalidDataException($"{entity}.{member} cannot be stored: its converter refuses the value.", exception);
        }
    }

    /// <summary>The value of what is stored.</summary>
    /// <param name="stored">What the column holds.</param>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    /// <exception cref="InvalidDataException">The converter refuses what is stored.</exception>
    public static TModel FromStored(TStored stored, string entity, string member)
    {
        try
        {
            return TConverter.FromStored(stored);
        }
        catch (Exception exception) when (ValueRefusal.Is(exception))
        {
            throw new InvalidDataException($"{entity}.{member} cannot be read: its converter refuses what the column holds. Correct the row, or let the converter take it.", exception);
        }
    }
}
