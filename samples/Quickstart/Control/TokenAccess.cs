using System.Security.Cryptography;
using System.Text;

namespace Quickstart.Control;

/// <summary>Knows the token, by its hash alone.</summary>
internal sealed class TokenAccess(string token)
{
    private readonly byte[] _hash = Hash(token);

    /// <summary>Compares in constant time: how long it takes tells nothing.</summary>
    public bool Matches(string given) => CryptographicOperations.FixedTimeEquals(_hash, Hash(given));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
