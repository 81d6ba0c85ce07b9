using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DbMove.Mapping;

/// <summary>The bytes of texts: after the first byte, four bytes of how many code units of UTF-16 they have, then two bytes of each.</summary>
public partial struct RowHash
{
    // Stands for every character that may have another letter case: which have one depends on the version of Unicode.
    private const char Cased = '\uFFFD';

    /// <summary>Adds a text.</summary>
    public void Add(string? value)
    {
        AddPresence(value is not null);
        if (value is not null)
        {
            AddText(value);
        }
    }

    /// <summary>Adds the part of a text that counts, with its letters folded where case does not.</summary>
    public void Add(string? value, TextComparison comparison)
    {
        AddPresence(value is not null);
        if (value is null)
        {
            return;
        }

        ReadOnlySpan<char> text = ValueComparison.Counting(value, comparison);
        if ((comparison & TextComparison.IgnoreCase) == 0)
        {
            AddText(text);
            return;
        }

        AddCount(text.Length);
        Span<char> folded = stackalloc char[64];
        while (!text.IsEmpty)
        {
            int length = Math.Min(text.Length, folded.Length);
            for (int index = 0; index < length; index++)
            {
                folded[index] = Fold(text[index]);
            }

            AppendUnits(folded[..length]);
            text = text[length..];
        }
    }

    /// <summary>Adds a JSON text in the form that is the same for all that say the same; as it is where it is no JSON.</summary>
    public void AddJson(string? value)
    {
        if (value is null)
        {
            AddPresence(false);
            return;
        }

        AddPresence(true);
        using CanonicalJson json = new(value);
        AddText(json.IsValid ? json.Text : value);
    }

    /// <summary>Adds a value that is compared by its JSON, as its JSON text.</summary>
    /// <typeparam name="T">The member's type.</typeparam>
    public void Add<T>(JsonValue<T> value) => AddJson(value.Text);

    /// <summary>Adds a value that is compared by its JSON, as its JSON text.</summary>
    /// <typeparam name="T">The member's type.</typeparam>
    public void Add<T>(JsonValue<T>? value) => AddJson(value?.Text);

    // Scripts without letter case keep their characters.
    private static char Fold(char unit) => unit switch
    {
        >= 'A' and <= 'Z' => (char)(unit | 0x20),
        < '\u0080' => unit,
        >= '\u0590' and <= '\u06FF' => unit,
        >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3' => unit,
        _ => Cased,
    };

    private void AddText(ReadOnlySpan<char> text)
    {
        AddCount(text.Length);
        AppendUnits(text);
    }

    private void AppendUnits(ReadOnlySpan<char> text)
    {
        if (BitConverter.IsLittleEndian)
        {
            Append(MemoryMarshal.AsBytes(text));
            return;
        }

        Span<byte> bytes = stackalloc byte[2];
        foreach (char unit in text)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, unit);
            Append(bytes);
        }
    }
}
