using System.Security.Cryptography;
using System.Text;
using DbMove;
using Microsoft.Extensions.Options;
using OrderService.Moving;

namespace OrderService.Access;

/// <summary>The token that makes a caller an operator. Only its hash is kept.</summary>
internal sealed class OperatorToken
{
    private const int MinimumLength = 16;
    private readonly byte[]? _hash;

    /// <exception cref="MigrationConfigurationException">The configured token is too short to keep anybody out.</exception>
    public OperatorToken(IOptions<MoveOptions> options)
    {
        string? token = options.Value.OperatorToken;
        if (string.IsNullOrEmpty(token))
        {
            return;
        }

        if (token.Length < MinimumLength)
        {
            throw new MigrationConfigurationException($"The configuration's {MoveOptions.Section}:{nameof(MoveOptions.OperatorToken)} has fewer than {MinimumLength} characters. Take a random one, for instance of 'openssl rand -hex 32'.");
        }

        _hash = Hash(token);
    }

    /// <summary>Whether there is one. Without, nobody is let in.</summary>
    public bool IsConfigured => _hash is not null;

    /// <summary>Compares hashes in constant time: how long it takes tells nothing about the token.</summary>
    public bool Matches(string given) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(given));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
