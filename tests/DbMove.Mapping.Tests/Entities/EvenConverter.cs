namespace DbMove.Mapping.Tests.Entities;

/// <summary>Stores a number as text, and refuses odd ones.</summary>
internal sealed class EvenConverter : IValueConverter<int, string>
{
    public static string ToStored(int value) => value % 2 == 0 ? $"{value}" : throw new ArgumentException("It is odd.", nameof(value));

    public static int FromStored(string stored) => int.Parse(stored, System.Globalization.CultureInfo.InvariantCulture);
}
