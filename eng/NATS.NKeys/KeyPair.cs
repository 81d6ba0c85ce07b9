using System.Buffers.Binary;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NATS.NKeys;

/// <summary>An Ed25519 key pair in the words of NATS: a seed such as <c>SU…</c>, a public key such as <c>U…</c>.</summary>
public sealed class KeyPair : IDisposable
{
    private const int SeedLength = 32;
    private const int CheckSumLength = 2;
    private const byte SeedPrefix = 18 << 3;
    private static readonly byte[] s_kinds = [13 << 3, 2 << 3, 14 << 3, 0 << 3, 20 << 3, 23 << 3];
    private readonly byte[] _seed;
    private readonly string _publicKey;

    private KeyPair(byte kind, byte[] seed)
    {
        _seed = seed;
        byte[] written = new byte[1 + Ed25519.PublicKeySize + CheckSumLength];
        written[0] = kind;
        Ed25519.GeneratePublicKey(seed, 0, written, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(written.AsSpan(^CheckSumLength), Crc16.Compute(written.AsSpan(..^CheckSumLength)));
        _publicKey = Base32.Encode(written);
    }

    /// <summary>Reads a seed.</summary>
    /// <param name="seed">The seed: <c>S</c>, the letter of the kind (<c>U</c> user, <c>A</c> account, …), and so on.</param>
    /// <exception cref="NKeysException">It is none; the message does not repeat it.</exception>
    public static KeyPair FromSeed(ReadOnlySpan<char> seed)
    {
        if (!Base32.TryDecode(seed, out byte[] bytes) || bytes.Length != 2 + SeedLength + CheckSumLength)
        {
            throw new NKeysException("The text is no nkey seed: 58 characters, A to Z and 2 to 7.");
        }

        try
        {
            if (Crc16.Compute(bytes.AsSpan(..^CheckSumLength)) != BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(^CheckSumLength)))
            {
                throw new NKeysException("The text is no nkey seed: its check sum is wrong.");
            }

            // Two prefixes of five bits each, 'S' and the kind, with the three bits to spare behind them.
            byte kind = (byte)(((bytes[0] & 0b111) << 5) | (bytes[1] >> 3));
            if ((bytes[0] & 0b1111_1000) != SeedPrefix || (bytes[1] & 0b111) != 0 || Array.IndexOf(s_kinds, kind) < 0)
            {
                throw new NKeysException("The text is an nkey, but not the seed of one: a seed begins with 'S'.");
            }

            return new KeyPair(kind, bytes[2..^CheckSumLength]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The public key as NATS writes it.</summary>
    public string GetPublicKey() => _publicKey;

    /// <summary>Signs.</summary>
    /// <param name="data">What is signed.</param>
    /// <param name="signature">Receives the signature's 64 bytes.</param>
    /// <exception cref="ArgumentException">There is no room for the signature.</exception>
    public void Sign(ReadOnlyMemory<byte> data, Memory<byte> signature)
    {
        if (signature.Length < Ed25519.SignatureSize)
        {
            throw new ArgumentException($"A signature has {Ed25519.SignatureSize} bytes.", nameof(signature));
        }

        byte[] signed = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, data.ToArray(), 0, data.Length, signed, 0);
        signed.CopyTo(signature);
    }

    /// <summary>Forgets the seed; nothing can be signed any more.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_seed);
}
