namespace DbMove.Mapping;

/// <summary>Which failures of code that turns one value into another are about the value.</summary>
internal static class ValueRefusal
{
    /// <summary>
    /// Whether it is. Such code does nothing else, so nearly everything that it throws is: a constructor that checks its values, a null where it counts
    /// on a value, a type that the serializer is not told of. Whatever is not called so ends the repair of all rows, and not of this one.
    /// </summary>
    public static bool Is(Exception exception) => exception is not (OutOfMemoryException or OperationCanceledException or TypeInitializationException);
}
