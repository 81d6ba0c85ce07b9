using System.Buffers;

namespace DbMove.Mapping;

/// <summary>Objects: their properties are put in order of their names.</summary>
internal ref partial struct CanonicalJson
{
    private bool TryObject(int depth)
    {
        int first = _count;
        Take();
        SkipSpace();
        while (Next != '}')
        {
            int start = _length;
            if (Next != '"' || !TryString())
            {
                return false;
            }

            int end = _length;
            SkipSpace();
            if (Next != ':')
            {
                return false;
            }

            Take();
            SkipSpace();
            if (!TryValue(depth) || !TrySeparator('}'))
            {
                return false;
            }

            Add(new Property(start, end, _length, _count));
        }

        Arrange(first);
        _count = first;
        TakeEnd();
        return true;
    }

    private void Add(Property property)
    {
        if (_count == _properties.Length)
        {
            Property[] larger = ArrayPool<Property>.Shared.Rent(Math.Max(16, _count * 2));
            _properties.AsSpan(0, _count).CopyTo(larger);
            if (_properties.Length > 0)
            {
                ArrayPool<Property>.Shared.Return(_properties);
            }

            _properties = larger;
        }

        _properties[_count++] = property;
    }

    private void Arrange(int first)
    {
        Span<Property> properties = _properties.AsSpan(first, _count - first);
        if (IsInOrder(properties))
        {
            return;
        }

        int begin = properties[0].Start;
        int end = _length;
        Sort(properties);
        if (_text.Length < end + (end - begin))
        {
            Grow(end + (end - begin));
        }

        int length = 0;
        for (int index = 0; index < properties.Length; index++)
        {
            // The last of one name is what counts, as in PostgreSQL's jsonb and in most readers.
            if (index + 1 < properties.Length && Order(properties[index], properties[index + 1]) == 0)
            {
                continue;
            }

            Property kept = properties[index];
            _text.AsSpan(kept.Start, kept.End - kept.Start).CopyTo(_text.AsSpan(end + length));
            length += kept.End - kept.Start;
        }

        _text.AsSpan(end, length).CopyTo(_text.AsSpan(begin));
        _length = begin + length;
    }

    private readonly bool IsInOrder(ReadOnlySpan<Property> properties)
    {
        for (int index = 1; index < properties.Length; index++)
        {
            if (Order(properties[index - 1], properties[index]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    // A heap sort: the framework's own takes a delegate or boxes its comparer, which is an allocation for each object.
    private readonly void Sort(Span<Property> properties)
    {
        for (int root = (properties.Length / 2) - 1; root >= 0; root--)
        {
            Sink(properties, root);
        }

        for (int last = properties.Length - 1; last > 0; last--)
        {
            (properties[0], properties[last]) = (properties[last], properties[0]);
            Sink(properties[..last], 0);
        }
    }

    private readonly void Sink(Span<Property> heap, int root)
    {
        for (int child = (2 * root) + 1; child < heap.Length; child = (2 * root) + 1)
        {
            if (child + 1 < heap.Length && IsBefore(heap[child], heap[child + 1]))
            {
                child++;
            }

            if (!IsBefore(heap[root], heap[child]))
            {
                return;
            }

            (heap[root], heap[child]) = (heap[child], heap[root]);
            root = child;
        }
    }

    private readonly bool IsBefore(Property left, Property right)
    {
        int order = Order(left, right);
        return order < 0 || (order == 0 && left.Index < right.Index);
    }

    /// <summary>The order of two names in UTF-16. They are written with a backslash before each quote and each backslash, which is not part of them.</summary>
    private readonly int Order(Property left, Property right)
    {
        ReadOnlySpan<char> first = Name(left);
        ReadOnlySpan<char> second = Name(right);
        int at = first.CommonPrefixLength(second);
        if (at == first.Length || at == second.Length)
        {
            return first.Length - second.Length;
        }

        // No quote stands without a backslash before it, so here it is one that both have, and what comes after it differs.
        bool isEscaped = first[at] == '"' || second[at] == '"';
        return Unit(first, at, isEscaped) - Unit(second, at, isEscaped);
    }

    private static char Unit(ReadOnlySpan<char> name, int at, bool isEscaped) => !isEscaped && name[at] == '\\' ? name[at + 1] : name[at];

    /// <summary>A name as it is written, without its quotes.</summary>
    private readonly ReadOnlySpan<char> Name(Property property) => _text.AsSpan(property.Start + 1, property.NameEnd - property.Start - 2);

    private readonly record struct Property(int Start, int NameEnd, int End, int Index);
}
