using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DbMove.Mapping;

/// <summary>
/// The hash of a row while it is made: XXH64 with seed 0 over the values' bytes, in the order in which they are added. Which bytes those are is said at
/// each method and in <c>docs/entities.md#row-hash</c>; they never change. Allocates nothing. A <c>default</c> is the beginning.
/// </summary>
public partial struct RowHash
{
    private const ulong Prime1 = 11400714785074694791;
    private const ulong Prime2 = 14029467366897019727;
    private const ulong Prime3 = 1609587929392839161;
    private const ulong Prime4 = 9650029242287828579;
    private const ulong Prime5 = 2870177450012600261;
    private const int StripeSize = 32;

    private Stripe _tail;
    private ulong _first;
    private ulong _second;
    private ulong _third;
    private ulong _fourth;
    private ulong _length;

    /// <summary>The hash of what was added so far.</summary>
    public readonly ulong Value
    {
        get
        {
            unchecked
            {
                ReadOnlySpan<byte> tail = ((ReadOnlySpan<byte>)_tail)[..(int)(_length % StripeSize)];
                ulong hash = _length < StripeSize ? Prime5 : Merged();
                hash += _length;
                for (; tail.Length >= 8; tail = tail[8..])
                {
                    hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(tail)), 27) * Prime1) + Prime4;
                }

                if (tail.Length >= 4)
                {
                    hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(tail) * Prime1), 23) * Prime2) + Prime3;
                    tail = tail[4..];
                }

                foreach (byte last in tail)
                {
                    hash = BitOperations.RotateLeft(hash ^ (last * Prime5), 11) * Prime1;
                }

                hash = (hash ^ (hash >> 33)) * Prime2;
                hash = (hash ^ (hash >> 29)) * Prime3;
                return hash ^ (hash >> 32);
            }
        }
    }

    /// <summary>Adds bytes as they are, without their number: for a comparer that makes its own form of a value.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Span<byte> tail = _tail;
        int pending = (int)(_length % StripeSize);
        if (pending + bytes.Length >= StripeSize)
        {
            if (_length < StripeSize)
            {
                unchecked
                {
                    (_first, _second, _third, _fourth) = (Prime1 + Prime2, Prime2, 0, 0 - Prime1);
                }
            }

            _length += (ulong)bytes.Length;
            if (pending > 0)
            {
                bytes[..(StripeSize - pending)].CopyTo(tail[pending..]);
                bytes = bytes[(StripeSize - pending)..];
                Take(tail);
            }

            for (; bytes.Length >= StripeSize; bytes = bytes[StripeSize..])
            {
                Take(bytes);
            }

            bytes.CopyTo(tail);
            return;
        }

        bytes.CopyTo(tail[pending..]);
        _length += (ulong)bytes.Length;
    }

    private static ulong Round(ulong accumulator, ulong input)
    {
        unchecked
        {
            return BitOperations.RotateLeft(accumulator + (input * Prime2), 31) * Prime1;
        }
    }

    private static ulong Merge(ulong hash, ulong accumulator)
    {
        unchecked
        {
            return ((hash ^ Round(0, accumulator)) * Prime1) + Prime4;
        }
    }

    private readonly ulong Merged()
    {
        unchecked
        {
            ulong hash = BitOperations.RotateLeft(_first, 1) + BitOperations.RotateLeft(_second, 7)
                + BitOperations.RotateLeft(_third, 12) + BitOperations.RotateLeft(_fourth, 18);
            return Merge(Merge(Merge(Merge(hash, _first), _second), _third), _fourth);
        }
    }

    private void Take(ReadOnlySpan<byte> stripe)
    {
        _first = Round(_first, BinaryPrimitives.ReadUInt64LittleEndian(stripe));
        _second = Round(_second, BinaryPrimitives.ReadUInt64LittleEndian(stripe[8..]));
        _third = Round(_third, BinaryPrimitives.ReadUInt64LittleEndian(stripe[16..]));
        _fourth = Round(_fourth, BinaryPrimitives.ReadUInt64LittleEndian(stripe[24..]));
    }

    [InlineArray(StripeSize)]
    private struct Stripe
    {
        private byte _byte;
    }
}
