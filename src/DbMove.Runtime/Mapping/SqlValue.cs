using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>A value whose type only its content tells, on its way to a sink.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SqlValue
{
    /// <summary>Writes a value: one call of one of the sink's methods.</summary>
    /// <param name="value">Of one of the types of <see cref="ColumnType"/>, or null.</param>
    /// <param name="sink">Where it goes.</param>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public static void Write<TSink>(object? value, ref TSink sink)
        where TSink : struct, IColumnSink, allows ref struct
    {
        switch (value)
        {
            case null:
                sink.WriteNull();
                break;
            case bool given:
                sink.Write(given);
                break;
            case byte given:
                sink.Write(given);
                break;
            case sbyte given:
                sink.Write(given);
                break;
            case short given:
                sink.Write(given);
                break;
            case ushort given:
                sink.Write(given);
                break;
            case int given:
                sink.Write(given);
                break;
            case uint given:
                sink.Write(given);
                break;
            case long given:
                sink.Write(given);
                break;
            case ulong given:
                sink.Write(given);
                break;
            case decimal given:
                sink.Write(given);
                break;
            case double given:
                sink.Write(given);
                break;
            case float given:
                sink.Write(given);
                break;
            case string given:
                sink.Write(given);
                break;
            case char given:
                sink.Write(given);
                break;
            case Guid given:
                sink.Write(given);
                break;
            case DateTime given:
                sink.Write(given);
                break;
            case DateTimeOffset given:
                sink.Write(given);
                break;
            case DateOnly given:
                sink.Write(given);
                break;
            case TimeOnly given:
                sink.Write(given);
                break;
            case TimeSpan given:
                sink.Write(given);
                break;
            case byte[] given:
                sink.Write(given);
                break;
            default:
                throw new ArgumentException($"A value of type {value.GetType()} is bound to no column.", nameof(value));
        }
    }
}
