using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NATS.NKeys;

namespace DbMove.Nats.Tests.Setup;

/// <summary>Keys and JWTs as NATS' tool nsc would make them.</summary>
internal static class TestKeys
{
    public const byte Operator = 14 << 3;
    public const byte Account = 0;
    public const byte User = 20 << 3;

    /// <summary>A new seed of a kind.</summary>
    public static string NewSeed(byte kind)
    {
        byte[] bytes = new byte[36];
        bytes[0] = (byte)((18 << 3) | (kind >> 5));
        bytes[1] = (byte)((kind & 31) << 3);
        RandomNumberGenerator.Fill(bytes.AsSpan(2, 32));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(34), Crc16.Compute(bytes.AsSpan(0, 34)));
        return Base32.Encode(bytes);
    }

    public static string PublicKeyOf(string seed) => KeyPair.FromSeed(seed).GetPublicKey();

    /// <summary>A JWT about a key, signed by another.</summary>
    public static string Sign(string issuerSeed, string subject, string name, string claims)
    {
        string payload = $$"""{"jti":"{{Guid.NewGuid():N}}","iat":1700000000,"iss":"{{PublicKeyOf(issuerSeed)}}","name":"{{name}}","sub":"{{subject}}","nats":{{claims}}}""";
        string signed = $"{Encode("""{"typ":"JWT","alg":"ed25519-nkey"}"""u8)}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        byte[] signature = new byte[64];
        KeyPair.FromSeed(issuerSeed).Sign(Encoding.ASCII.GetBytes(signed), signature);
        return $"{signed}.{Encode(signature)}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
