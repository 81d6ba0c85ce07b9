using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OrderService.Moving;

namespace OrderService.Access;

/// <summary>The token that makes a caller an operator. Only its hash is kept; without one, nobody is let in.</summary>
internal sealed class OperatorToken
{
    private readonly byte[]? _hash;

    public OperatorToken(IOptions<MoveOptions> options) =>
        _hash = string.IsNullOrEmpty(options.Value.OperatorToken) ? null : Hash(options.Value.OperatorToken);

    /// <summary>Compares hashes in constant time: how long it takes tells nothing about the token.</summary>
    public bool Matches(string given) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(given));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
