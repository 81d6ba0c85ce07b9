using NATS.NKeys;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace DbMove.Nats.Tests.Authentication;

/// <summary>The stand-in for NATS.NKeys. That nats-server takes its signatures, the login tests show.</summary>
public sealed class KeyPairTests
{
    // The pair in the documentation of nats-server.
    private const string Seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";
    private const string PublicKey = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

    [Fact]
    public void The_documented_seed_has_the_documented_public_key() => Assert.Equal(PublicKey, KeyPair.FromSeed(Seed).GetPublicKey());

    [Fact]
    public void A_signature_is_verified_by_the_public_key()
    {
        byte[] data = "nonce"u8.ToArray();
        byte[] signature = new byte[64];
        using KeyPair pair = KeyPair.FromSeed(Seed);
        pair.Sign(data, signature);
        Assert.True(Base32.TryDecode(pair.GetPublicKey(), out byte[] written));
        Assert.True(Ed25519.Verify(signature, 0, written, 1, data, 0, data.Length));
        data[0] ^= 1;
        Assert.False(Ed25519.Verify(signature, 0, written, 1, data, 0, data.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a seed")]
    [InlineData(PublicKey)]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VX")]
    [InlineData("SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3V")]
    [InlineData("SUBCSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY")]
    [InlineData("suacssl3uahudxkfsnvuzrf5uhpmwz6bfdtj7m6usdxiednppqyyycu3vy")]
    public void What_is_no_seed_is_refused_and_not_repeated(string text)
    {
        NKeysException refused = Assert.Throws<NKeysException>(() => KeyPair.FromSeed(text));
        Assert.True(text.Length == 0 || !refused.Message.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_its_standard(string plain, string encoded)
    {
        Assert.Equal(encoded, Base32.Encode(System.Text.Encoding.ASCII.GetBytes(plain)));
        Assert.True(Base32.TryDecode(encoded, out byte[] decoded));
        Assert.Equal(plain, System.Text.Encoding.ASCII.GetString(decoded));
    }

    [Fact]
    public void The_check_sum_is_that_of_its_catalogue() => Assert.Equal(0x31C3, Crc16.Compute("123456789"u8));
}
